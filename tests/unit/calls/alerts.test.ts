import { describe, expect, it } from 'vitest'
import type { AlertBook } from '../../../electron/alerts/alert-book.ts'
import { alertCalls } from '../../../electron/calls/alerts.ts'
import type { Alert } from '../../../shared/alerts.ts'
import { ok } from '../../../shared/result.ts'
import { storyAlerts } from '../../fakes/guard-story.ts'

describe('what a person does about an alert', () => {
  const nowMs = Date.UTC(2026, 10, 18, 15)
  const [first] = storyAlerts(nowMs) as [Alert]
  const over = (alert: Alert) => {
    const changed: string[] = []
    const calls = alertCalls({
      book: { get: () => alert } as unknown as AlertBook,
      now: () => nowMs,
      change: (id) => {
        changed.push(id)
        return ok(alert)
      },
      accept: () => undefined,
      onAccept: () => undefined,
      accountsOf: () => [],
    })
    return { calls, changed }
  }

  it('changes nothing and tells nobody when somebody acknowledges what is acknowledged', async () => {
    const { calls, changed } = over({ ...first, state: 'acknowledged' })
    expect(await calls['alerts:acknowledge']({ id: first.id, by: 'you', via: 'app' })).toMatchObject({ ok: true })
    expect(changed).toEqual([])
    const firing = over({ ...first, state: 'firing' })
    await firing.calls['alerts:acknowledge']({ id: first.id, by: 'you', via: 'app' })
    expect(firing.changed).toEqual([first.id])
  })
})
