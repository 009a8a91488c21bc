import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../../electron/system-clock.ts'
import { hourMs } from '../../shared/time.ts'
import { openaiKey } from '../emulators/openai.ts'
import { openHistory } from './history.ts'
import type { Say, Scale, Took } from './measured.ts'
import { openGuard } from './open-guard.ts'
import { newFolder } from './serve.ts'

const goalMs = 50

/** The longest time for which nothing else could run, while the guard in this process does its heaviest work. */
export async function measureStalls(say: Say, { quick }: Scale): Promise<void> {
  const stall = (what: string, work: () => Promise<unknown>) => sayStall(say, what, work)

  const provider = await startBusyProvider(quick ? 5 : 60)
  const folder = newFolder()
  let aheadMs = 0
  const busy = openGuard(folder.dataDir, 'UTC', { ...systemClock, now: () => systemClock.now() + aheadMs })
  await busy.ask('accounts:add', { provider: 'openai', label: 'Busy', baseUrl: provider.url, secret: openaiKey })
  await stall('first poll of a busy account', () => busy.ask('polls:run', {}))
  await stall('next poll of it', () => busy.ask('polls:run', {}))
  aheadMs = 6 * hourMs
  await stall('poll that reads its last day again', () => busy.ask('polls:run', {}))
  await busy.guard.stop()
  provider.stop()
  folder.remove()

  const history = openHistory(quick)
  let long = openGuard(history.dataDir, 'America/Los_Angeles')
  await long.guard.stop()
  await stall('start on five years of history', async () => {
    long = openGuard(history.dataDir, 'America/Los_Angeles')
    await long.ask('status:get', {})
  })
  const days = { from: '2026-08-21', to: '2026-11-18' }
  await stall('first history of 90 days', () => long.ask('spend:history', { ...days, by: 'model', step: 'day' }))
  await stall('report by day of five years', () =>
    long.ask('spend:report', { from: '2021-11-20', to: days.to, by: 'day' }),
  )
  await stall('export of 90 days', () => long.ask('spend:export', { ...days, format: 'csv' }))
  await stall('check of the database', () => long.ask('doctor:run', {}))
  await long.guard.stop()
  history.remove()
}

export async function sayStall(say: Say, what: string, work: () => Promise<unknown>): Promise<void> {
  const { wallMs, cpuMs } = await longestStall(work)
  say({
    what: `longest stall, ${what}`,
    value: wallMs,
    unit: 'ms',
    baseline: { what: 'on the processor at a stretch', value: cpuMs, unit: 'ms' },
    goal: `<= ${goalMs} ms`,
    met: wallMs <= goalMs,
  })
}

/** And the most that this thread had of the processor in one go: on a busy machine others make stalls longer. */
export async function longestStall(work: () => Promise<unknown>): Promise<Took> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  await sleep(20)
  delay.reset()
  await sleep(5) // the first tick only sets the beginning
  let cpuMs = 0
  let before = process.threadCpuUsage()
  const ticks = setInterval(() => {
    const { user, system } = process.threadCpuUsage(before)
    before = process.threadCpuUsage()
    cpuMs = Math.max(cpuMs, (user + system) / 1_000)
  }, 1)
  await work()
  await sleep(20) // the stall that ends the work is seen by the next tick
  clearInterval(ticks)
  delay.disable()
  return { wallMs: delay.max / 1e6, cpuMs }
}

/** In a process of its own, so that its work is not counted as ours. */
async function startBusyProvider(flows: number): Promise<{ url: string; stop(): void }> {
  const script = fileURLToPath(new URL('busy-provider.ts', import.meta.url))
  const child = spawn(process.execPath, [script, String(flows)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string]
  return { url, stop: () => void child.kill() }
}
