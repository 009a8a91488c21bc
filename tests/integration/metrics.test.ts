import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createGuard, type Guard } from '../../electron/guard.ts'
import type { Flow, World } from '../../electron/replay/world.ts'
import type { CallName, Reply, Request } from '../../shared/ipc.ts'
import { dayMs, hourMs } from '../../shared/time.ts'
import type { Emulator } from '../emulators/http.ts'
import { openaiKey, startOpenai } from '../emulators/openai.ts'
import { createTestSystem } from '../fakes/system.ts'

/** $1.35 an hour at the pace of 1. */
const flow = (pace: Flow['pace']): Flow => ({
  provider: 'openai',
  model: 'gpt-5-mini-2025-08-07',
  project: 'web',
  apiKey: 'prod',
  tokens: { input: 10_000, cached: 0, output: 10_000 },
  prices: { input: 0.25, cached: 0.025, output: 2 },
  pace,
})

describe('how the guard does', () => {
  let world: World
  let openai: Emulator
  let system: ReturnType<typeof createTestSystem>
  let guard: Guard

  async function ask<N extends CallName>(name: N, request: Request<N>): Promise<Reply<N>> {
    const answer = await guard.call(name, request)
    if (!answer.ok) throw new Error(answer.failure.message)
    return answer.value
  }
  const metrics = () => ask('metrics:get', { days: 30 })

  beforeEach(async () => {
    world = { now: () => system.clock.now(), flows: [flow(() => 1)], usageDelayMs: 0, costDelayMs: hourMs }
    system = createTestSystem()
    openai = await startOpenai(world)
    const opened = createGuard(system)
    if (!opened.ok) throw new Error(opened.failure.message)
    guard = opened.value
    await ask('accounts:add', { provider: 'openai', label: 'Acme', baseUrl: openai.url, secret: openaiKey })
    await ask('polls:run', {})
  })
  afterEach(async () => {
    await guard.stop()
    await openai.stop()
  })

  /** A leak of $81 an hour on a Wednesday afternoon, which somebody stops half an hour later; or not. */
  async function leak(isStopped: boolean): Promise<string> {
    const fromMs = system.clock.now()
    const toMs = isStopped ? fromMs + hourMs / 2 : Infinity
    world.flows = [flow((atMs) => (atMs >= fromMs && atMs < toMs ? 60 : 1))]
    system.leap(hourMs / 2)
    await ask('polls:run', {})
    const [alert] = await ask('alerts:list', { state: 'firing' })
    await ask('alerts:acknowledge', { id: alert?.id ?? '' })
    return alert?.id ?? ''
  }
  async function pass(ms: number): Promise<void> {
    system.leap(ms)
    await ask('polls:run', {})
  }

  it('measures what an acknowledgement prevented once the bill would have been seen, and not before', async () => {
    const id = await leak(true)
    expect((await metrics()).prevented).toEqual({ measured: [], alerts: 0, undecided: 1, reported: [] })
    await pass(dayMs)
    expect((await metrics()).prevented).toMatchObject({ measured: [], undecided: 1 })
    await pass(dayMs)
    // The bill of Wednesday is there on Thursday at noon, and somebody looks on Friday at nine: in 41 hours.
    const { prevented } = await metrics()
    expect(prevented).toMatchObject({ alerts: 1, undecided: 0, measured: [{ currency: 'USD' }] })
    expect(Number(prevented.measured[0]?.amount)).toBeGreaterThan(1_550)
    expect(Number(prevented.measured[0]?.amount)).toBeLessThan(1_700)

    await ask('alerts:verdict', { id, verdict: 'real', prevented: '250' })
    expect((await metrics()).prevented).toEqual({ ...prevented, reported: [{ currency: 'USD', amount: '250' }] })
    for (const verdict of ['false', 'expected'] as const) {
      await ask('alerts:verdict', { id, verdict })
      expect((await metrics()).prevented).toEqual({ measured: [], alerts: 0, undecided: 0, reported: [] })
    }
  })

  it('prevents nothing where somebody acknowledged and the leak went on', async () => {
    await leak(false)
    await pass(dayMs)
    await pass(dayMs)
    expect((await metrics()).prevented).toMatchObject({ measured: [], alerts: 1, undecided: 0 })
  })

  it('knows how fast it told and what people said of it, and of a window only what opened in it', async () => {
    const id = await leak(true)
    await ask('alerts:verdict', { id, verdict: 'false', note: 'A load test' })
    const now = await metrics()
    expect(now.timeToAlert.sinceItBegan.count).toBe(1)
    // It began half an hour ago, in the hour that the rule looks at.
    expect(Math.abs(Number(now.timeToAlert.sinceItBegan.p50) - 1_800)).toBeLessThan(240)
    expect(now.deliveries.find(({ kind }) => kind === 'desktop')).toMatchObject({ success: 1, failed: 0 })
    expect(now.timeToAcknowledge.count).toBe(1)
    expect(now.verdicts).toMatchObject({ counts: { false: 1 }, unjudged: 0, falseRate: 1 })
    system.leap(40 * dayMs)
    expect(await metrics()).toMatchObject({ fired: [], verdicts: { falseRate: null }, prevented: { alerts: 0 } })
    expect((await ask('metrics:get', {})).verdicts.falseRate).toBe(1)
  })
})
