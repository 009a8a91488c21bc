import { messageAbout } from '../alerts/channels/channel.ts'
import { desktop as channel } from '../alerts/channels/desktop.ts'
import { onNewlyFiring } from '../alerts/newly-firing.ts'
import type { GuardClient } from '../../shared/guard-client.ts'
import type { DesktopPort } from '../system.ts'

/** Shows here what a guard on another machine finds: its own notifications, if it has any, appear over there. */
export function notifyOfRemoteAlerts(guard: GuardClient, desktop: DesktopPort): () => void {
  return onNewlyFiring(guard, (alert) => {
    // A desktop that shows nothing is no reason to stop; the tray flashes all the same.
    void desktop.notify(channel.render(messageAbout(alert, 'fired'))).catch(() => undefined)
  })
}
