import type { Settings } from '../../shared/settings.ts'
import type { Status } from '../../shared/spend.ts'
import { formatMoney } from '../../shared/money.ts'

export const trayIcons = ['calm', 'near', 'firing', 'blind', 'paused'] as const
export type TrayIcon = (typeof trayIcons)[number]

export interface TrayModel {
  icon: TrayIcon
  /** Something fires and nobody has acknowledged it. */
  flashing: boolean
  /** Spend of the day, in words; empty while it is unknown. */
  today: string
  /** Beside the icon on macOS, where the settings want it. */
  title: string
  tooltip: string
  alerts: { id: string; label: string; canAcknowledge: boolean }[]
}

/** What the tray shows for a status; null is a guard that does not answer, which is not a calm one. */
export function trayModel(status: Status | null, trayTitle: Settings['trayTitle'], locale?: string): TrayModel {
  if (!status)
    return { icon: 'blind', flashing: false, today: '', title: '', tooltip: 'API Spend Guard: no data', alerts: [] }
  const today = status.today.map((one) => formatMoney(one.effective, one.currency, locale)).join(' + ') || 'unknown'
  const firing = status.alerts.filter((alert) => alert.state === 'firing')
  return {
    icon: iconOf(status),
    flashing: firing.length > 0,
    today: status.today.length === 0 ? '' : today,
    title: status.today.length === 0 || trayTitle === 'nothing' ? '' : today,
    tooltip: firing[0] ? `${firing[0].summary}` : `API Spend Guard: ${today} today${blindText(status, locale)}`,
    alerts: status.alerts
      .filter((alert) => alert.state !== 'pending')
      .slice(0, 8)
      .map((alert) => ({ id: alert.id, label: alert.summary, canAcknowledge: alert.state === 'firing' })),
  }
}

function iconOf(status: Status): TrayIcon {
  if (status.alerts.some((alert) => alert.state === 'firing')) return 'firing'
  const states = status.accounts.map((account) => account.state)
  if (states.some((state) => state === 'failed' || state === 'stale')) return 'blind'
  if (states.some((state) => state === 'paused')) return 'paused'
  return status.budgets.some((budget) => budget.state === 'near' || budget.state === 'breached') ? 'near' : 'calm'
}

function blindText(status: Status, locale: string | undefined): string {
  const blind = status.accounts
    .filter(({ state }) => state === 'failed' || state === 'stale' || state === 'paused')
    .map(({ label, asOf }) => (asOf === null ? label : `${label} (blind since ${timeText(asOf, locale)})`))
  return blind.length === 0 ? '' : `, not watching ${blind.join(', ')}`
}

function timeText(at: string, locale: string | undefined): string {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', hour: '2-digit', minute: '2-digit' })
  return format.format(new Date(at))
}
