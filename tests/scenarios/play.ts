import { createGuard } from '../../electron/guard.ts'
import { loadPriceBook } from '../../electron/prices/load-price-book.ts'
import { anthropicKey } from '../emulators/anthropic.ts'
import { openaiKey } from '../emulators/openai.ts'
import { countBetween, type World } from '../emulators/world.ts'
import { createFakeClock } from '../fakes/clock.ts'
import { createTestSystem } from '../fakes/system.ts'
import { createNet } from './provider-net.ts'
import type { Ask, Outcome, Scenario } from './scenario.ts'

const minuteMs = 60_000

/** Plays a scenario through the whole guard (poll, ledger, judges, outbox, channel) on a simulated clock. */
export async function play(scenario: Scenario): Promise<Outcome> {
  await loadPriceBook() // imported lazily: in simulated time it would take hours
  const clock = createFakeClock(scenario.watched.fromMs)
  const random = createRandom(scenario.name)
  const world: World = {
    now: () => clock.now(),
    flows: [...scenario.usual, ...scenario.incident],
    usageDelayMs: scenario.usageDelayMs ?? 2 * minuteMs,
    costDelayMs: scenario.costDelayMs ?? 8 * 60 * minuteMs,
    billFactor: scenario.billFactor ?? 1,
  }
  const net = createNet(scenario, world, random)
  const system = createTestSystem({ clock, fetch: net.fetch, random, zone: scenario.zone ?? 'UTC', desktop: null })
  const opened = createGuard(system)
  if (!opened.ok) throw new Error(opened.failure.message)
  const guard = opened.value
  const ask: Ask = async (name, request) => {
    const answer = await guard.call(name, request)
    if (!answer.ok) throw new Error(answer.failure.message)
    return answer.value
  }
  if (scenario.everySeconds) await ask('settings:change', { usageEverySeconds: scenario.everySeconds })
  for (const provider of new Set(world.flows.map((flow) => flow.provider))) {
    await ask('accounts:add', { provider, label: provider, secret: provider === 'openai' ? openaiKey : anthropicKey })
  }
  await ask('channels:add', { kind: 'discord', label: 'Ops', secret: net.webhookUrl })
  await scenario.prepare?.(ask)
  guard.start()
  await calm()
  for (;;) {
    const nextMs = Math.min(clock.nextAtMs() ?? Infinity, scenario.watched.toMs)
    const { asleep } = scenario
    // A sleeping computer runs no timers; the ones that fell due run when it wakes up.
    if (asleep && nextMs >= asleep.fromMs && nextMs < asleep.toMs) clock.leap(asleep.toMs - clock.now())
    clock.advance(Math.max(0, nextMs - clock.now()))
    await calm()
    if (clock.now() >= scenario.watched.toMs) break
  }
  const alerts = (await ask('alerts:list', {})).filter((alert) => alert.deliveries.length > 0)
  await guard.stop()
  return judgeOutcome(scenario, world, net.told, alerts.length)
}

/** Everything in flight is in this process, so a few turns of the event loop let it come to rest. */
async function calm(): Promise<void> {
  for (let turn = 0; turn < 6; turn++) await new Promise((resolve) => setImmediate(resolve))
}

function judgeOutcome(
  scenario: Scenario,
  world: World,
  told: readonly { atMs: number; title: string }[],
  alerts: number,
): Outcome {
  const { incident, watched, atMost } = scenario
  const startMs = startOf(scenario)
  const first = told.find(({ atMs }) => startMs !== null && atMs >= startMs)
  const untilMs = first?.atMs ?? watched.toMs
  const lostWorld = { ...world, flows: [...incident], now: () => untilMs }
  const lost = (['openai', 'anthropic'] as const)
    .flatMap((provider) => countBetween(lostWorld, provider, watched.fromMs, untilMs, 0))
    .reduce((sum, counted) => sum + counted.nanos, 0n)
  const outcome = {
    scenario,
    minutes: first && startMs !== null ? Math.round((first.atMs - startMs) / minuteMs) : null,
    lostDollars: Number(lost) / 1e9,
    pages: told.length,
    alerts,
    titles: told.map(({ title }) => title),
  }
  const early = startMs === null ? [] : told.filter(({ atMs }) => atMs < startMs)
  const good =
    scenario.expect === 'alert'
      ? first !== undefined && early.length === 0
      : alerts <= (scenario.expect === 'quiet' ? 0 : 1)
  const within =
    outcome.lostDollars <= (atMost?.lostDollars ?? Infinity) &&
    outcome.pages <= (atMost?.pages ?? Infinity) &&
    (outcome.minutes ?? 0) <= (atMost?.minutes ?? Infinity)
  return { ...outcome, verdict: good && within ? 'good' : 'bad' }
}

/** The first minute in which the incident spends. */
function startOf({ incident, watched }: Scenario): number | null {
  for (let at = watched.fromMs; at < watched.toMs; at += minuteMs) {
    if (incident.some((flow) => flow.pace(at) > 0)) return at
  }
  return null
}

/** The same numbers for the same name, so that a scenario is the same each time (mulberry32). */
export function createRandom(name: string): () => number {
  let state = [...name].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0, 7)
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
