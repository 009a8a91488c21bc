import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { anthropicKey, startAnthropic } from '../emulators/anthropic.ts'
import { openaiKey, startOpenai } from '../emulators/openai.ts'
import { leakStory } from '../emulators/story.ts'
import type { World } from '../../electron/replay/world.ts'
import type { Say, Scale } from './measured.ts'
import { ensureBuilt, newFolder, serve, type Served } from './serve.ts'

const goals = { megabytes: 100, percentOfCore: 0.2, megabytesADay: 2 }
const costDelayHours = 6
const bareServer = "require('node:http').createServer((_, answer) => answer.end()).listen(0)"

/** What `spend-guard serve` takes with ten accounts polled every minute, while nothing new is spent. Linux only. */
export async function measureIdle(say: Say, { quick }: Scale): Promise<void> {
  if (process.platform !== 'linux') return
  ensureBuilt()
  // Longer ago than bills are late: what is billed only now would be news, too.
  const quietSinceMs = Date.now() - (costDelayHours + 1) * 3_600_000
  const flows = leakStory(Infinity).map((flow) => ({
    ...flow,
    pace: (at: number) => (at < quietSinceMs ? flow.pace(at) : 0),
  }))
  const world: World = { now: () => Date.now(), flows, usageDelayMs: 0, costDelayMs: costDelayHours * 3_600_000 }
  const [openai, anthropic] = await Promise.all([startOpenai(world), startAnthropic(world)])
  const folder = newFolder()
  const guard = await serve(folder.dataDir)
  for (let index = 0; index < 10; index++) {
    await guard.ask(
      'accounts:add',
      index % 3 === 2
        ? { provider: 'anthropic', label: `A${index}`, baseUrl: anthropic.url, secret: anthropicKey }
        : { provider: 'openai', label: `O${index}`, baseUrl: openai.url, secret: openaiKey },
    )
  }
  await untilFilled(guard)
  // Past the first round of housekeeping, whose backup comes once a day only.
  await sleep(quick ? 2_000 : 330_000)

  const bareMegabytes = await bareServerMegabytes()
  const before = usageOf(guard.pid)
  const asked = () => openai.asked.length + anthropic.asked.length
  const askedBefore = asked()
  // Long enough for what is read every five minutes.
  await sleep(quick ? 10_000 : 300_000)
  const after = usageOf(guard.pid)
  const seconds = (after.atMs - before.atMs) / 1_000
  const detail = `over ${seconds.toFixed(0)} s with ${asked() - askedBefore} requests to the providers`
  await guard.stop()
  await Promise.all([openai.stop(), anthropic.stop()])
  folder.remove()

  const percentOfCore = (100 * (after.cpuSeconds - before.cpuSeconds)) / seconds
  const megabytesADay = ((after.written - before.written) / seconds) * 0.0864
  const one = (what: string, value: number, unit: string, goal: number, under: string) => ({
    what: `idle with 10 accounts, ${what}`,
    value,
    unit,
    baseline: null,
    goal: `${under} ${goal} ${unit}`,
    met: under === '<' ? value < goal : value <= goal,
    detail,
  })
  say({
    ...one('memory', after.megabytes, 'MB', goals.megabytes, '<='),
    baseline: { what: 'a bare HTTP server', value: bareMegabytes, unit: 'MB' },
  })
  say(one('processor', percentOfCore, '% of a core', goals.percentOfCore, '<'))
  say(one('written', megabytesADay, 'MB/day', goals.megabytesADay, '<'))
}

async function untilFilled(guard: Served): Promise<void> {
  for (;;) {
    const accounts = await guard.ask('accounts:list', {})
    if (accounts.every((account) => account.state === 'ok')) return
    const failure = accounts.find((account) => account.failure)?.failure
    if (failure) throw new Error(failure.message)
    await sleep(500)
  }
}

async function bareServerMegabytes(): Promise<number> {
  const child = spawn(process.execPath, ['-e', bareServer], { stdio: 'ignore' })
  await sleep(2_000)
  const { megabytes } = usageOf(child.pid ?? 0)
  child.kill()
  return megabytes
}

/** What the kernel says of a process; a tick is a hundredth of a second on all Linux that Node runs on. */
function usageOf(pid: number) {
  const read = (name: string) => readFileSync(`/proc/${pid}/${name}`, 'utf8')
  const fields = read('stat').split(') ')[1]?.split(' ') ?? []
  const ticks = Number(fields[11]) + Number(fields[12])
  const written = Number(/write_bytes: (\d+)/.exec(read('io'))?.[1])
  const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(read('status'))?.[1])
  return { atMs: Date.now(), cpuSeconds: ticks / 100, written, megabytes: kilobytes / 1_024 }
}
