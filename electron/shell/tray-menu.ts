import { app, type MenuItemConstructorOptions } from 'electron'
import type { GuardClient } from '../../shared/guard-client.ts'
import { addDays, hourMs, iso, localDay, startOfLocalDay } from '../../shared/time.ts'
import { i18n } from '../../shared/words.ts'
import type { TrayModel } from './tray-state.ts'
import type { Windows } from './windows.ts'

/** A single & would mark the next letter as a shortcut. */
const plain = (text: string) => text.replaceAll('&', '&&')
const separator: MenuItemConstructorOptions = { type: 'separator' }

/** Everything the icon offers; also the menu of the small window, where there is no icon. */
export function trayMenu(
  model: TrayModel,
  guard: GuardClient,
  windows: Pick<Windows, 'showAlert' | 'showDashboard' | 'showSettings'>,
  showSummary: () => void,
): MenuItemConstructorOptions[] {
  return [
    ...model.lines.map((line) => ({ label: plain(line), enabled: false })),
    ...(model.burners.length > 0
      ? [separator, ...model.burners.map((burner) => ({ label: plain(burner), enabled: false }))]
      : []),
    ...(model.alerts.length > 0 ? [separator, ...model.alerts.map((alert) => alertItem(alert, guard, windows))] : []),
    separator,
    { label: i18n.t('Show summary'), click: showSummary },
    { label: i18n.t('Open dashboard'), click: () => windows.showDashboard() },
    {
      label: i18n.t('Poll now'),
      enabled: model.paused === null,
      click: () => void guard.call('polls:run', { untilTold: false }),
    },
    ...pauseItems(model, guard),
    { label: i18n.t('Settings'), click: () => windows.showSettings() },
    separator,
    { label: i18n.t('Quit'), click: () => app.quit() },
  ]
}

function alertItem(
  { id, label, canAcknowledge }: TrayModel['alerts'][number],
  guard: GuardClient,
  windows: Pick<Windows, 'showAlert'>,
): MenuItemConstructorOptions {
  const snooze = (untilMs: number) => void guard.call('alerts:snooze', { id, until: iso(untilMs), via: 'tray' })
  return {
    label: plain(label),
    submenu: [
      { label: i18n.t('Open'), click: () => windows.showAlert(id) },
      {
        label: i18n.t('Acknowledge'),
        enabled: canAcknowledge,
        click: () => void guard.call('alerts:acknowledge', { id, via: 'tray' }),
      },
      { label: i18n.t('Snooze 1 hour'), click: () => snooze(Date.now() + hourMs) },
      { label: i18n.t('Snooze until tomorrow 9:00'), click: () => snooze(tomorrowMs() + 9 * hourMs) },
    ],
  }
}

function pauseItems({ paused }: TrayModel, guard: GuardClient): MenuItemConstructorOptions[] {
  const pause = (untilMs: number | null) =>
    void guard.call('polling:pause', { until: untilMs === null ? null : iso(untilMs) })
  if (paused !== null)
    return [
      { label: plain(i18n.t('Paused {until}', { until: paused })), enabled: false },
      { label: i18n.t('Resume'), click: () => void guard.call('polling:resume', {}) },
    ]
  return [
    {
      label: i18n.t('Pause'),
      submenu: [
        { label: i18n.t('For 1 hour'), click: () => pause(Date.now() + hourMs) },
        { label: i18n.t('Until tomorrow'), click: () => pause(tomorrowMs()) },
        { label: i18n.t('Until I resume it'), click: () => pause(null) },
      ],
    },
  ]
}

/** Midnight of the person at this computer, whatever the zone of the guard. */
function tomorrowMs(): number {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return startOfLocalDay(addDays(localDay(Date.now(), zone), 1), zone)
}
