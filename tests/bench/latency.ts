import { setTimeout as sleep } from 'node:timers/promises'
import { startDiscord } from '../emulators/discord.ts'
import { openaiKey, startOpenai } from '../emulators/openai.ts'
import type { Flow, World } from '../../electron/replay/world.ts'
import { percentile, type Say, type Scale } from './measured.ts'
import { ensureBuilt, newFolder, serve } from './serve.ts'

/** How much longer than the interval between two polls it may take. */
const extraMs = 2_000

/**
 * From the moment at which a leaked key shows in the provider's usage to the message at the channel. One key after the
 * other starts to burn, each at another moment between two polls, and each has a budget of its own.
 */
export async function measureLatency(say: Say, { quick }: Scale): Promise<void> {
  ensureBuilt()
  const everyMs = quick ? 2_000 : 5_000
  const rounds = quick ? 3 : 10
  const visibleAtMs = new Map<number, number>()
  const leaks = Array.from({ length: rounds }, (_, index) => leakOf(index))
  const world: World = {
    now: () => Date.now(),
    get flows() {
      return leaks.filter((_, index) => (visibleAtMs.get(index) ?? Infinity) <= Date.now())
    },
    usageDelayMs: 0,
    costDelayMs: 6 * 3_600_000,
  }
  const [openai, discord] = await Promise.all([startOpenai(world), startDiscord()])
  const folder = newFolder()
  const guard = await serve(folder.dataDir, ['--poll-every', String(everyMs / 1_000)])
  await guard.ask('accounts:add', { provider: 'openai', label: 'Acme', baseUrl: openai.url, secret: openaiKey })
  await guard.ask('channels:add', {
    kind: 'discord',
    label: 'Ops',
    baseUrl: discord.url,
    secret: discord.webhookUrl,
  })
  await guard.ask('settings:change', { velocityFloor: '1000000000' })
  for (const { apiKey } of leaks) {
    await guard.ask('budgets:set', { limit: '1', period: 'month', scope: `key:key_${apiKey}` })
  }
  while ((await guard.ask('accounts:list', {}))[0]?.state !== 'ok') await sleep(100)

  const took: number[] = []
  for (let round = 0; round < rounds; round++) {
    await sleep((everyMs * ((round * 7) % rounds)) / rounds)
    const startedMs = Date.now()
    visibleAtMs.set(round, startedMs)
    const told = () => discord.messages.some((message) => JSON.stringify(message).includes(`leak-${round}`))
    while (!told() && Date.now() - startedMs < 10 * everyMs) await sleep(10)
    took.push(told() ? Date.now() - startedMs : Infinity)
  }
  await guard.stop()
  await Promise.all([openai.stop(), discord.stop()])
  folder.remove()
  say({
    what: `detection, polling every ${everyMs / 1_000} s: visible at the provider to message at the channel`,
    value: percentile(took, 95) / 1_000,
    unit: 's p95',
    baseline: { what: 'the interval', value: everyMs / 1_000, unit: 's' },
    goal: `<= interval + ${extraMs / 1_000} s`,
    met: percentile(took, 95) <= everyMs + extraMs,
    detail: `median ${(percentile(took, 50) / 1_000).toFixed(2)} s, ${rounds} leaks`,
  })
}

function leakOf(index: number): Flow {
  return {
    provider: 'openai',
    model: 'gpt-5.5',
    project: 'research',
    apiKey: `leak-${index}`,
    tokens: { input: 200_000_000, cached: 0, output: 70_000_000 },
    prices: { input: 5, cached: 0.5, output: 30 },
    pace: (at) => (Date.now() - at < 30 * 60_000 ? 1 : 0),
  }
}
