import { createGuard } from '../../electron/guard.ts'
import { loadPriceBook } from '../../electron/prices/load-price-book.ts'
import type { Flow, World } from '../../electron/replay/world.ts'
import { createFakeClock } from '../fakes/clock.ts'
import { createTestSystem } from '../fakes/system.ts'
import { playedProvider } from './played-providers.ts'
import { accountsOf, createNet, nextWebhookUrl, webhookUrl } from './provider-net.ts'
import type { Scenario } from '../../electron/replay/scenario.ts'
import { outcomeOf, type Outcome } from '../../electron/replay/verdict.ts'
import type { CallName, Reply, Request } from '../../shared/ipc.ts'

type Ask = <N extends CallName>(name: N, request: Request<N>) => Promise<Reply<N>>

const minuteMs = 60_000

/** Plays a scenario through the whole guard (poll, ledger, judges, outbox, channel) on a simulated clock. */
export async function play(scenario: Scenario): Promise<Outcome & { titles: string[] }> {
  await loadPriceBook() // imported lazily: in simulated time it would take hours
  const clock = createFakeClock(scenario.watched.fromMs)
  const random = createRandom(scenario.name)
  const world: World = {
    now: () => clock.now(),
    flows: [...scenario.usual, ...scenario.incident],
    usageDelayMs: scenario.usageDelayMs ?? 2 * minuteMs,
    costDelayMs: scenario.costDelayMs ?? 8 * 60 * minuteMs,
    billFactor: scenario.billFactor ?? 1,
    ...(scenario.billCurrency === undefined ? {} : { billCurrency: scenario.billCurrency }),
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
  const entryOf = (provider: Flow['provider']) => {
    const { key, options = {} } = playedProvider(provider)
    return { provider, secret: key, options }
  }
  const single = world.flows.filter((flow) => flow.account === undefined)
  for (const provider of new Set(single.map((flow) => flow.provider)))
    await ask('accounts:add', { ...entryOf(provider), label: provider })
  for (const { provider, account } of accountsOf(world))
    await ask('accounts:add', {
      ...entryOf(provider),
      label: account,
      baseUrl: `https://${account}.example`,
    })
  await ask('channels:add', { kind: 'discord', label: 'Ops', secret: webhookUrl })
  const { escalatesAfterMinutes: after } = scenario
  if (after !== undefined) {
    const { id } = await ask('channels:add', { kind: 'discord', label: 'Telephone', secret: nextWebhookUrl })
    await ask('routing:set', { matrix: { [id]: { info: after, warning: after, critical: after } } })
  }
  for (const budget of scenario.budgets ?? []) await ask('budgets:set', budget)
  for (const plan of scenario.plans ?? []) await ask('plans:add', plan)
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
  return { ...outcomeOf(scenario, net.told, alerts.length, net.toldNext), titles: net.told.map(({ title }) => title) }
}

/** Everything in flight is in this process, so a few turns of the event loop let it come to rest. */
export async function calm(): Promise<void> {
  for (let turn = 0; turn < 6; turn++) await new Promise((resolve) => setImmediate(resolve))
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
