import { openDatabase } from '../../electron/storage/database.ts'
import { minuteMs, secondMs } from '../../shared/time.ts'
import { createTestAlerting } from '../fakes/alerting.ts'
import { stormOf } from '../fakes/storm.ts'
import type { Say, Scale } from './measured.ts'
import { newFolder } from './serve.ts'
import { sayStall } from './stalls.ts'

/** Very many alerts at once, and again with each look: how long nothing else can run. Only the clock is simulated. */
export async function measureStorm(say: Say, { quick }: Scale): Promise<void> {
  const alerts = quick ? 500 : 10_000
  const folder = newFolder()
  const startMs = Date.UTC(2026, 10, 18, 21)
  const opened = openDatabase(folder.dataDir, startMs)
  if (!opened.ok) throw new Error(opened.failure.message)
  const world = createTestAlerting(startMs, opened.value.db)
  for (const label of ['ops', 'boss']) world.add(label)
  world.start()
  const stall = (what: string, work: () => Promise<unknown>) =>
    sayStall(say, `${alerts.toLocaleString('en-US')} alerts ${what}`, work)

  const findings = stormOf(alerts)
  await stall('that fire at once', async () => {
    await world.see(findings)
    while (world.book().nextAtMs() <= world.clock.now()) await world.pass(10, 1)
  })
  await stall('told', () => world.pass(6 * minuteMs, 10 * secondMs))
  await stall('looked at again', async () => {
    await world.see(findings)
    await world.pass(50, 1)
  })
  await stall('that end at once', async () => {
    await world.see(
      [],
      findings.map(({ identity }) => [identity, 'over']),
    )
    while (world.book().nextAtMs() <= world.clock.now()) await world.pass(10, 1)
    await world.pass(minuteMs, 10 * secondMs)
  })
  await world.stop()
  opened.value.close()
  folder.remove()
}
