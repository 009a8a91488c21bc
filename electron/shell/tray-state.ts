import { pauseEnd } from '../../shared/pause.ts'
import type { Settings } from '../../shared/settings.ts'
import type { ReportRow, Status } from '../../shared/spend.ts'
import { formatMoney, parseSum } from '../../shared/money.ts'
import { i18n } from '../../shared/words.ts'
import { figureOf } from './tray-figure.ts'

export const trayIcons = ['calm', 'near', 'firing', 'blind', 'paused'] as const
export type TrayIcon = (typeof trayIcons)[number]

export interface TrayModel {
  icon: TrayIcon
  /** Something fires and nobody has acknowledged it. */
  flashing: boolean
  /** The first lines of the menu: what is spent, how fast, of how much. */
  lines: string[]
  /** Beside the icon on macOS, as the settings want it. */
  title: string
  tooltip: string
  /** The same in the icon, where there is no room beside it and a person wants that. Only while all is calm: every other
   * state has a shape to show. */
  figure: string | null
  /** The models that cost most today. */
  burners: string[]
  alerts: { id: string; label: string; canAcknowledge: boolean }[]
  /** Until when nothing is read, in words; null while the guard watches. */
  paused: string | null
}

const mostAlerts = 8
const mostBurners = 3

/** What the tray shows for a status; null is a guard that does not answer, which is not a calm one. */
export function trayModel(
  status: Status | null,
  settings: Pick<Settings, 'trayTitle' | 'trayFlash' | 'trayFigure'>,
  rows: readonly ReportRow[] = [],
  locale?: string,
): TrayModel {
  if (!status) {
    const [lines, alerts, burners] = [[i18n.t('The guard does not answer')], [], []]
    const tooltip = i18n.t('API Spend Guard: no data')
    return { icon: 'blind', flashing: false, lines, title: '', tooltip, figure: null, burners, alerts, paused: null }
  }
  const today = status.today.map((one) => formatMoney(one.effective, one.currency, locale)).join(' + ') || null
  const burn =
    status.burnPerHour
      .map((one) => i18n.t('{amount}/h', { amount: formatMoney(one.amount, one.currency, locale) }))
      .join(' + ') || null
  const budget = fullest(status)
  const share = budget && `${budget.percent}%`
  const firing = status.alerts.filter((alert) => alert.state === 'firing')
  const paused = status.pause && pauseEnd(status.pause, (at) => timeText(at, locale))
  const wanted = { today, burn, budget: share, nothing: null }[settings.trayTitle]
  const wantedText = {
    today: i18n.t('{amount} today', { amount: today ?? i18n.t('unknown') }),
    burn,
    budget: share && i18n.t('{share} of the budget', { share }),
  }
  const shown = (settings.trayTitle === 'nothing' ? null : wantedText[settings.trayTitle]) ?? wantedText.today
  const icon = iconOf(status)
  return {
    icon,
    figure: settings.trayFigure && icon === 'calm' ? figureFor(settings.trayTitle, status, budget?.percent) : null,
    flashing: settings.trayFlash && firing.length > 0,
    lines: [
      today === null ? i18n.t('No spend known yet') : i18n.t('{amount} today', { amount: today }),
      ...(burn === null ? [] : [burn]),
      ...(budget
        ? [
            i18n.t(
              '{share} of {limit}, {period, select, hour {hour} day {day} week {week} month {month} other {24 hours}}',
              {
                share,
                limit: formatMoney(budget.limit, budget.currency, locale),
                period: budget.period,
              },
            ),
          ]
        : []),
    ],
    title: wanted ?? '',
    tooltip:
      paused && firing.length === 0
        ? i18n.t('API Spend Guard: paused {until}, not watching', { until: paused })
        : (firing[0]?.summary ?? `API Spend Guard: ${shown}${blindText(status, locale)}`),
    burners: rows
      .filter(({ effective }) => (parseSum(effective ?? '') ?? 0n) > 0n)
      .sort((a, b) => Number(b.effective) - Number(a.effective))
      .slice(0, mostBurners)
      .map(({ label, effective, currency }) => `${label}  ${formatMoney(effective, currency, locale)}`),
    alerts: status.alerts
      .filter((alert) => alert.state !== 'pending')
      .slice(0, mostAlerts)
      .map((alert) => ({ id: alert.id, label: alert.summary, canAcknowledge: alert.state === 'firing' })),
    paused,
  }
}

/** The budget of which most is spent; one for everything goes before all others. */
function fullest({ budgets }: Status) {
  const known = budgets.flatMap(({ scope, period, limit, spent, currency }) => {
    const [spentNanos, limitNanos] = [spent === null ? null : parseSum(spent), parseSum(limit)]
    return spentNanos === null || !limitNanos
      ? []
      : [{ scope, period, limit, currency, percent: Number((spentNanos * 100n) / limitNanos) }]
  })
  const forAll = known.filter(({ scope }) => scope === 'all')
  return (forAll.length > 0 ? forAll : known).sort((a, b) => b.percent - a.percent)[0] ?? null
}

function iconOf(status: Status): TrayIcon {
  if (status.alerts.some((alert) => alert.state === 'firing')) return 'firing'
  if (status.pause) return 'paused'
  const states = status.accounts.map((account) => account.state)
  if (states.some((state) => state === 'failed' || state === 'stale')) return 'blind'
  if (states.some((state) => state === 'paused')) return 'paused'
  return status.budgets.some((budget) => budget.state === 'near' || budget.state === 'breached') ? 'near' : 'calm'
}

/** Null for what is not known, and for amounts of several currencies, which are no one figure. */
function figureFor(wanted: Settings['trayTitle'], status: Status, percent: number | undefined): string | null {
  if (wanted === 'nothing') return null
  if (wanted === 'budget') return percent === undefined ? null : `${Math.min(percent, 99)}%`
  const amounts =
    wanted === 'today' ? status.today.map(({ effective }) => effective) : status.burnPerHour.map(({ amount }) => amount)
  const [amount = null, ...others] = amounts
  return amount === null || others.length > 0 ? null : figureOf(Number(amount))
}

function blindText(status: Status, locale: string | undefined): string {
  const blind = status.accounts
    .filter(({ state }) => state === 'failed' || state === 'stale' || state === 'paused')
    .map(({ label, asOf }) =>
      asOf === null ? label : i18n.t('{label} (blind since {time})', { label, time: timeText(asOf, locale) }),
    )
  return blind.length === 0 ? '' : i18n.t(', not watching {names}', { names: blind.join(', ') })
}

function timeText(at: string, locale: string | undefined): string {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', hour: '2-digit', minute: '2-digit' })
  return format.format(new Date(at))
}
