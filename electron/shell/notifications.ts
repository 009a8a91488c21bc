import { Notification } from 'electron'
import type { DesktopNote, DesktopPort } from '../system.ts'

/** Native notifications. A click opens the alert it is about. */
export function createDesktopPort(parts: {
  openAlert(id: string): void
  acknowledge(id: string): void
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
          actions: [{ type: 'button', text: 'Acknowledge' }],
        })
        shown.add(notification)
        notification.on('click', () => parts.openAlert(note.alertId))
        notification.on('action', () => parts.acknowledge(note.alertId))
        notification.on('close', () => shown.delete(notification))
        notification.once('show', () => resolve())
        notification.once('failed', (_event, error) => reject(new Error(error)))
        notification.show()
      })
    },
    async signal(): Promise<void> {
      parts.refreshTray()
    },
  }
}
