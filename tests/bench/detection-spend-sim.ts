import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createSpendWatch, observe } from '../../electron/detection/anomaly/spend-watch.ts'
import { minuteMs } from '../../shared/time.ts'

/** Of generate.mjs and score.mjs in the folder of the benchmark, what is used here. */
interface Generator {
  parseSeeds(text: string): number[]
  generateSeries(seed: number): unknown
  feed(series: unknown, resolution: string): { timestamp: number; value: number }[]
}
interface Scorer {
  scoreSeries(series: unknown, rows: unknown[], alerts: boolean[]): unknown
  summarise(series: unknown[]): unknown
  table(summary: unknown): string
}

/** Guard score, saved %, false alerts per series and month, recall; seeds 1-60, from the README of the benchmark. */
const published = [
  ['oracle on 5-minute rows', 94.3, 94.3, 0, 1],
  ['z-score on hourly rows', 28.7, 72.4, 6.08, 0.94],
  ['budget on daily rows', 27.3, 34.0, 0.99, 0.81],
  ['EWMA chart on 5-minute rows', 10.8, 84.4, 27.33, 0.95],
] as const

export async function benchSpendSim(dir: string, seeds: string): Promise<void> {
  const load = async <T>(file: string) => (await import(pathToFileURL(path.join(dir, file)).href)) as T
  const generator = await load<Generator>('generate.mjs')
  const scorer = await load<Scorer>('score.mjs')
  let buckets = 0
  let seconds = 0
  const scored = generator.parseSeeds(seeds).map((seed) => {
    const series = generator.generateSeries(seed)
    const rows = generator.feed(series, '5m')
    const watch = createSpendWatch(5 * minuteMs)
    const began = performance.now()
    const alerts = rows.map(({ timestamp, value }) => observe(watch, { startMs: timestamp, value }).alert)
    seconds += (performance.now() - began) / 1000
    buckets += rows.length
    return scorer.scoreSeries(series, rows, alerts)
  })
  console.log(`spend-sim, seeds ${seeds}: ${Math.round(buckets / seconds)} buckets/s\n`)
  console.log(scorer.table(scorer.summarise(scored)))
  console.log('\nPublished, seeds 1-60: guard score, saved %, false alerts per series and month, recall')
  for (const [name, ...numbers] of published) console.log(`  ${name.padEnd(30)}${numbers.join('  ')}`)
}
