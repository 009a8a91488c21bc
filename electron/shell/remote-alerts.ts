import { desktop as channel } from '../alerts/channels/desktop.ts'
import type { GuardClient } from '../../shared/guard-client.ts'
import type { DesktopPort } from '../system.ts'

/**
 * Shows here what a guard on another machine finds: its own notifications, if it has any, appear over there. What fired
 * before the first look is in the window and the tray, and is not told again. Returns how to stop.
 */
export function notifyOfRemoteAlerts(guard: GuardClient, desktop: DesktopPort): () => void {
  let known: Set<string> | null = null

  async function look(): Promise<void> {
    const firing = await guard.call('alerts:list', { state: 'firing' })
    if (!firing.ok) return
    const before = known
    known = new Set(firing.value.map(({ id }) => id))
    for (const alert of before ? firing.value.filter(({ id }) => !before.has(id)) : []) {
      // A desktop that shows nothing is no reason to stop; the tray flashes all the same.
      void desktop.notify(channel.render({ alert, occasion: 'fired' })).catch(() => undefined)
    }
  }

  void look()
  return guard.on('changed', ({ what }) => {
    if (what.includes('alerts')) void look()
  })
}
