import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createGuard, type Guard } from '../../electron/guard.ts'
import { metricsText } from '../../electron/api/metrics.ts'
import type { CallName, Reply, Request } from '../../shared/ipc.ts'
import { dayMs, hourMs, iso } from '../../shared/time.ts'
import type { Emulator } from '../emulators/http.ts'
import { openaiKey, startOpenai } from '../emulators/openai.ts'
import { createTestSystem } from '../fakes/system.ts'

/** On a busy computer; nothing waits this long otherwise. */
const patienceMs = 10_000

describe('a guard that is paused', () => {
  let openai: Emulator
  let system: ReturnType<typeof createTestSystem>
  let guard: Guard

  async function open(): Promise<void> {
    const opened = createGuard(system)
    if (!opened.ok) throw new Error(opened.failure.message)
    guard = opened.value
    guard.start()
  }
  async function ask<N extends CallName>(name: N, request: Request<N>): Promise<Reply<N>> {
    const answer = await guard.call(name, request)
    if (!answer.ok) throw new Error(answer.failure.message)
    return answer.value
  }

  /** What is read of an account beside its spend may still be under way from before. */
  const reads = () => openai.asked.filter((what) => /costs|usage/.test(what)).length

  beforeEach(async () => {
    system = createTestSystem()
    openai = await startOpenai({ now: () => system.clock.now(), flows: [], usageDelayMs: 0, costDelayMs: 0 })
    await open()
    await ask('accounts:add', { provider: 'openai', label: 'Acme', baseUrl: openai.url, secret: openaiKey })
    await ask('polls:run', {})
  })
  afterEach(async () => {
    await guard.stop()
    await openai.stop()
  })

  it('asks nobody anything, says so wherever one looks, and goes on when it is resumed', async () => {
    const pause = await ask('polling:pause', { until: iso(system.clock.now() + hourMs) })
    const asked = reads()
    guard.wake()
    expect(await guard.call('polls:run', {})).toMatchObject({ ok: false, failure: { kind: 'paused' } })
    const status = await ask('status:get', {})
    expect(status).toMatchObject({ pause, accounts: [{ state: 'paused' }] })
    expect((await ask('accounts:list', {}))[0]).toMatchObject({ state: 'paused', nextPollAt: pause?.until })
    expect((await ask('doctor:run', {})).checks).toContainEqual(
      expect.objectContaining({ name: 'watching', state: 'warning', message: expect.stringContaining('resume') }),
    )
    expect(metricsText(status)).toContain('spend_guard_paused 1')
    expect(reads()).toBe(asked)

    expect(await ask('polling:resume', {})).toBe(null)
    await vi.waitFor(async () => expect((await ask('status:get', {})).accounts[0]?.state).toBe('ok'), patienceMs)
    await ask('polls:run', {})
    expect(reads()).toBeGreaterThan(asked)
  })

  it('is still paused after a restart, and is told of as an alert when somebody forgot it', async () => {
    await ask('polling:pause', { until: null })
    await guard.stop()
    system.leap(dayMs)
    await open()
    // Anything that is judged; the guard itself does so once a day.
    await ask('budgets:set', { limit: '100', period: 'month', scope: 'all' })
    const [alert] = await ask('alerts:list', { state: 'firing' })
    expect(alert).toMatchObject({ rule: 'blind', severity: 'warning', advice: expect.stringContaining('Resume') })
    await ask('polling:resume', {})
    await vi.waitFor(
      async () => expect((await ask('alerts:show', { id: alert?.id ?? '' })).state).toBe('resolved'),
      patienceMs,
    )
  })

  it.each([-1, 32 * dayMs])('cannot be paused until %s ms from now', async (inMs) => {
    const answer = await guard.call('polling:pause', { until: iso(system.clock.now() + inMs) })
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'invalid-input' } })
    expect((await ask('status:get', {})).pause).toBe(null)
  })
})
