import { describe, expect, it } from 'vitest'
import { createPoller } from '../../../electron/polling/poller.ts'
import type { Feed, ProviderAdapter, ReadContext, ReadWindow } from '../../../electron/providers/adapter.ts'
import type { AccountRow } from '../../../electron/storage/accounts.ts'
import type { FeedState } from '../../../electron/storage/feeds.ts'
import { silentLogger } from '../../../electron/logging/logger.ts'
import { fail } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { createFakeClock } from '../../fakes/clock.ts'

const free: Feed = { id: 'completions', plane: 'estimate', widths: ['minute'], latencyMs: 0 }
const account = { id: 'a', provider: 'openai', pausedReason: null } as AccountRow
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** A poller of one account over a provider that has nothing to tell; what goes wrong on our side is up to the test. */
function createStage(feed: Feed = free) {
  const clock = createFakeClock(Date.UTC(2026, 10, 18))
  const stage = {
    clock,
    reads: 0,
    daysRead: 0,
    keys: 0,
    commits: 0,
    setBackMs: [] as number[],
    paused: false,
    key: ok(null) as Result<null>,
    onCommit: () => undefined as void,
    state: {
      id: 1,
      accountId: 'a',
      feed: feed.id,
      plane: 'estimate',
      matureAfterMs: 0,
      failure: null,
      failuresInRow: 0,
      filledAtMs: null,
      readAtMs: null,
      deepReadAtMs: null,
      coveredToMs: null,
      counters: null,
    } as FeedState,
    /** Lets time pass in small steps, so that what is asked is answered in between. */
    async pass(ms: number) {
      for (let passed = 0; passed < ms; passed += 250) {
        clock.advance(250)
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
  const adapter = {
    id: 'openai',
    feeds: [feed],
    read: async (_context: ReadContext, { fromMs, toMs }: ReadWindow) => {
      stage.reads++
      stage.daysRead = (toMs - fromMs) / dayMs
      return ok({ buckets: [] })
    },
  } as unknown as ProviderAdapter
  const poller = createPoller({
    system: { clock, random: () => 0.5, log: silentLogger },
    adapter: () => adapter,
    accounts: () => [account],
    feeds: () => [{ feed, state: stage.state }],
    cadence: () => ({ usageEveryMs: minuteMs, costsEveryMs: 15 * minuteMs }),
    isPaused: () => stage.paused,
    context: async () => {
      stage.keys++
      return stage.key.ok ? ok({} as ReadContext) : stage.key
    },
    onFill: async () => undefined,
    commit: (_account, readings) => {
      stage.commits++
      stage.onCommit()
      const nowMs = clock.now()
      if (readings.length > 0) stage.state = { ...stage.state, filledAtMs: nowMs, readAtMs: nowMs, coveredToMs: nowMs }
      return 0
    },
    onPolled: () => undefined,
    onClockBack: (byMs) => {
      stage.setBackMs.push(byMs)
      stage.state = { ...stage.state, readAtMs: 0 }
    },
  })
  return { stage, poller }
}

describe('the poller', () => {
  it('reads nothing while it is paused, whatever wakes it, and counts the pause as nobody’s fault', async () => {
    const { stage, poller } = createStage()
    stage.paused = true
    poller.start()
    poller.wake()
    poller.hurry('a')
    await stage.pass(10 * minuteMs)
    expect(stage.reads).toBe(0)
    // Nor is the processor kept from its sleep: all that became due meanwhile is waited for together.
    expect((stage.clock.nextAtMs() ?? 0) - (poller.awakeSince() ?? 0)).toBeGreaterThanOrEqual(30_000)
    expect(stage.clock.now() - (poller.awakeSince() ?? 0)).toBeLessThan(minuteMs)
    stage.paused = false
    poller.wake()
    await stage.pass(1_000)
    expect(stage.reads).toBe(1)
    await poller.stop()
  })

  it('asks again at once when the network is back, whatever wait had grown meanwhile', async () => {
    const { stage, poller } = createStage()
    const nowMs = stage.clock.now()
    const offline = fail('offline', 'No connection.', { retryAtMs: nowMs + 30 * minuteMs })
    stage.state = { ...stage.state, filledAtMs: nowMs, readAtMs: nowMs, coveredToMs: nowMs, failure: offline }
    poller.start()
    await stage.pass(5 * minuteMs)
    expect(stage.reads).toBe(0)
    poller.wake()
    await stage.pass(1_000)
    expect(stage.reads).toBe(1)
    await poller.stop()
  })

  it('keeps the wait that a provider asked for, also when the network is back', async () => {
    const { stage, poller } = createStage()
    const nowMs = stage.clock.now()
    const limited = fail('rate-limited', 'Wait.', { retryAtMs: nowMs + 30 * minuteMs })
    stage.state = { ...stage.state, filledAtMs: nowMs, readAtMs: nowMs, coveredToMs: nowMs, failure: limited }
    poller.start()
    poller.wake()
    await stage.pass(5 * minuteMs)
    expect(stage.reads).toBe(0)
    await poller.stop()
  })

  it('reads the longer stretch of a bill that is asked for by name, and the tail of all others', async () => {
    const { stage, poller } = createStage({ ...free, plane: 'billed', widths: ['day'] })
    const nowMs = stage.clock.now()
    stage.state = { ...stage.state, filledAtMs: nowMs, readAtMs: nowMs, coveredToMs: nowMs, deepReadAtMs: nowMs }
    await poller.pollNow(null)
    expect(stage.daysRead).toBe(4)
    await poller.pollNow('a')
    expect(stage.daysRead).toBe(36)
  })

  it('reads what is due, at the pace that is set', async () => {
    const { stage, poller } = createStage()
    poller.start()
    await stage.pass(10 * minuteMs)
    expect(stage.commits).toBeGreaterThanOrEqual(9)
    expect(stage.commits).toBeLessThanOrEqual(11)
    await poller.stop()
  })

  it('does not hammer the provider while nothing can be written', async () => {
    const { stage, poller } = createStage()
    stage.onCommit = () => {
      throw new Error('database or disk is full')
    }
    poller.start()
    await stage.pass(10 * minuteMs)
    expect(stage.commits).toBeGreaterThan(3)
    expect(stage.commits).toBeLessThanOrEqual(11)
    stage.onCommit = () => undefined
    await stage.pass(2 * minuteMs)
    expect(stage.state.readAtMs).not.toBeNull()
    await poller.stop()
  })

  it('does not ask for a password again and again while the keychain is locked', async () => {
    const { stage, poller } = createStage()
    stage.key = err(fail('keychain-locked', 'Unlock it.'))
    poller.start()
    await stage.pass(10 * minuteMs)
    expect(stage.keys).toBeGreaterThan(3)
    expect(stage.keys).toBeLessThanOrEqual(11)
    expect(stage.reads).toBe(0)
    await poller.stop()
  })

  it('looks at once when somebody did something about it', async () => {
    const { stage, poller } = createStage()
    stage.key = err(fail('keychain-locked', 'Unlock it.'))
    poller.start()
    await stage.pass(1_000)
    stage.key = ok(null)
    poller.wake()
    await stage.pass(500)
    expect(stage.state.readAtMs).not.toBeNull()
    await poller.stop()
  })

  it('notices a clock that was set back, once, and reads on', async () => {
    const { stage, poller } = createStage()
    poller.start()
    await stage.pass(2 * minuteMs)
    stage.clock.leap(-59_000)
    poller.wake()
    expect(stage.setBackMs).toEqual([])
    stage.clock.leap(-24 * 60 * minuteMs)
    const { commits } = stage
    poller.wake()
    await stage.pass(500)
    expect(stage.setBackMs).toHaveLength(1)
    expect(stage.setBackMs[0]).toBeGreaterThanOrEqual(24 * 60 * minuteMs)
    expect(stage.commits).toBe(commits + 1)
    expect(poller.awakeSince()).toBeLessThanOrEqual(stage.clock.now())
    poller.wake()
    expect(stage.setBackMs).toHaveLength(1)
    await poller.stop()
  })

  it('notices it also at its first look, and when somebody asks for a poll', async () => {
    for (const look of ['start', 'pollNow'] as const) {
      const { stage, poller } = createStage()
      stage.state = { ...stage.state, readAtMs: stage.clock.now() + 60 * minuteMs }
      if (look === 'start') poller.start()
      else await poller.pollNow(null)
      await stage.pass(500)
      expect(stage.setBackMs).toEqual([60 * minuteMs])
      expect(stage.commits).toBe(1)
      await poller.stop()
    }
  })

  it('does not spend money on a poll of everything that comes each minute', async () => {
    const { stage, poller } = createStage({ ...free, everyMs: 60 * minuteMs, callCostUsd: '0.01' })
    for (let minute = 0; minute < 120; minute++) {
      const [outcome] = await poller.pollNow(null)
      expect(outcome?.spared ?? false).toBe(minute % 60 !== 0)
      stage.clock.advance(minuteMs)
    }
    expect(stage.reads).toBe(2)
    await poller.pollNow('a')
    await poller.pollNow('a')
    expect(stage.reads).toBe(4)
  })

  it('stops', async () => {
    const { stage, poller } = createStage()
    poller.start()
    await stage.pass(1_000)
    await poller.stop()
    const { commits } = stage
    await stage.pass(5 * minuteMs)
    expect(stage.commits).toBe(commits)
  })
})
