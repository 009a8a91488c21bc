import { Notification, type NotificationAction } from 'electron'
import { i18n } from '../../shared/words.ts'
import type { DesktopNote, DesktopPort } from '../system.ts'

/** A system that was told to show nothing may not answer at all, and other messages wait behind this one. */
const longestMs = 10_000

const actions = (): NotificationAction[] => [
  { type: 'button', text: i18n.t('Acknowledge') },
  { type: 'button', text: i18n.t('Snooze 1 hour') },
]

/** Native notifications. A click opens the gravest alert it is about; its buttons act on all of them. */
export function createDesktopPort(parts: {
  /** Null: what is told is about the app itself. */
  openAlert(id: string | null): void
  acknowledge(id: string): void
  snooze(id: string): void
  refreshTray(): void
}): DesktopPort {
  // Kept until closed: a notification that is collected loses its click.
  const shown = new Set<Notification>()
  return {
    notify(note: DesktopNote): Promise<void> {
      if (!Notification.isSupported()) return Promise.reject(new Error('this system shows no notifications'))
      return new Promise((resolve, reject) => {
        const notification = new Notification({
          title: note.title,
          body: note.body,
          urgency: note.urgent ? 'critical' : 'normal',
          actions: note.alertIds.length > 0 ? actions() : [],
        })
        shown.add(notification)
        notification.on('click', () => parts.openAlert(note.alertIds[0] ?? null))
        notification.on('action', ({ actionIndex }) => {
          for (const id of note.alertIds) (actionIndex === 1 ? parts.snooze : parts.acknowledge)(id)
        })
        notification.on('close', () => shown.delete(notification))
        const late = setTimeout(() => reject(new Error('the system did not show it')), longestMs)
        notification.once('show', () => {
          clearTimeout(late)
          resolve()
        })
        notification.once('failed', (_event, error) => {
          clearTimeout(late)
          reject(new Error(error))
        })
        notification.show()
      })
    },
    async signal(): Promise<void> {
      parts.refreshTray()
    },
  }
}
