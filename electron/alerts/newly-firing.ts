import type { Alert } from '../../shared/alerts.ts'
import type { GuardClient } from '../../shared/guard-client.ts'

/**
 * Hands on each alert when it fires, and again when it fires anew. What fired before the first look is on every screen
 * and not told again. Returns how to stop.
 */
export function onNewlyFiring(guard: GuardClient, tell: (alert: Alert) => void): () => void {
  let known: Set<string> | null = null

  async function look(): Promise<void> {
    const firing = await guard.call('alerts:list', { state: 'firing' })
    if (!firing.ok) return
    const before = known
    known = new Set(firing.value.map(({ id }) => id))
    for (const alert of before ? firing.value.filter(({ id }) => !before.has(id)) : []) tell(alert)
  }

  void look()
  return guard.on('changed', ({ what }) => {
    if (what.includes('alerts')) void look()
  })
}
