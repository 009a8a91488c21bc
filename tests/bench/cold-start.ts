import { spawnSync } from 'node:child_process'
import { openHistory } from './history.ts'
import { median, timed, timedAsync, type Say, type Scale } from './measured.ts'
import { ensureBuilt, newFolder, serve } from './serve.ts'

const goalMs = 500

/** From the start of the process to the first answered number, on a new data folder and on one with a long history. */
export async function measureColdStart(say: Say, { quick }: Scale): Promise<void> {
  ensureBuilt()
  const rounds = quick ? 3 : 9
  const bare = median(Array.from({ length: rounds }, () => timed(() => spawnSync(process.execPath, ['-e', '0']))))
  const folders = { 'new folder': newFolder(), 'five years of history': openHistory(quick) }
  for (const [name, folder] of Object.entries(folders)) {
    const took: number[] = []
    for (let round = 0; round < rounds; round++) took.push(await coldStart(folder.dataDir))
    folder.remove()
    say({
      what: `cold start to the first number, ${name}`,
      value: median(took),
      unit: 'ms',
      baseline: { what: 'node -e 0', value: bare, unit: 'ms' },
      goal: `<= ${goalMs} ms`,
      met: median(took) <= goalMs,
      detail: `slowest ${Math.max(...took).toFixed(0)}, ${rounds} starts`,
    })
  }
}

async function coldStart(dataDir: string): Promise<number> {
  let stop = async () => {}
  const ms = await timedAsync(async () => {
    const guard = await serve(dataDir)
    stop = guard.stop
    await guard.ask('status:get', {})
  })
  await stop()
  return ms
}
