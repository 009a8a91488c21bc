import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createSurprise, surpriseOf } from '../../electron/detection/anomaly/surprise.ts'

/** Of score.mjs in the folder of the benchmark, what is used here. */
interface Scorer {
  readColumns(file: string, names: string[]): string[][]
  normaliseTimestamp(text: string): string
  scoreCorpus(corpus: unknown[], threshold?: number): { profiles: Record<string, Score> }
}
interface Score {
  score: number
  threshold: number
  found: number
  windows: number
  falseAlarmRows: number
  categories: Record<string, { score: number | null }>
}

/** Standard, low FP, low FN on the same files, from the README of the benchmark. */
const published = [
  ['ARTime', 75.1, 64.6, 81.1],
  ['Numenta HTM', 70.1, 63.3, 74.9],
  ['CAD OSE', 70.0, 66.6, 73.7],
  ['HTM Java', 66.2, 59.8, 70.4],
  ['KNN CAD', 58.1, 43.3, 65.2],
  ['Random Cut Forest', 53.3, 40.9, 60.5],
  ['Twitter ADVec', 46.4, 33.5, 52.8],
] as const
const shippedThreshold = 0.5

export async function benchNab(dir: string): Promise<void> {
  const scorer = (await import(pathToFileURL(path.join(dir, 'score.mjs')).href)) as Scorer
  const labels = JSON.parse(readFileSync(path.join(dir, 'windows.json'), 'utf8')) as Record<string, unknown[]>
  const files = Object.entries(labels).map(([name, windows]) => {
    const [times = [], values = []] = scorer.readColumns(path.join(dir, 'data', name), ['timestamp', 'value'])
    return { name, windows, times: times.map(scorer.normaliseTimestamp), values: values.map(Number) }
  })
  const began = performance.now()
  const corpus = files.map(({ name, windows, times, values }) => {
    const surprise = createSurprise()
    const scores = Float64Array.from(values, (value, at) =>
      surpriseOf(surprise, Date.parse(`${times[at]?.replace(' ', 'T')}Z`), value),
    )
    return { name, category: path.posix.dirname(name), timestamps: times, windows, scores }
  })
  const rows = corpus.reduce((sum, { scores }) => sum + scores.length, 0)
  const seconds = (performance.now() - began) / 1000

  console.log(`NAB, ${files.length} files: ${Math.round(rows / seconds)} rows/s\n`)
  console.log(`${'detector'.padEnd(28)}standard  low FP  low FN   found  FP rows`)
  for (const [name, threshold] of [['surprise, best threshold'], ['surprise, as shipped', shippedThreshold]] as const) {
    const scores = Object.values(scorer.scoreCorpus(corpus, threshold).profiles)
    const standard = scores[0]
    if (!standard) continue
    const cells = scores.map(({ score }) => score.toFixed(1).padStart(8)).join('')
    console.log(`${name.padEnd(28)}${cells}  ${standard.found}/${standard.windows}  ${standard.falseAlarmRows}`)
  }
  for (const [name, ...scores] of published)
    console.log(`${name.padEnd(28)}${scores.map((score) => score.toFixed(1).padStart(8)).join('')}`)
  const standard = Object.values(scorer.scoreCorpus(corpus).profiles)[0]
  for (const [category, { score }] of Object.entries(standard?.categories ?? {}))
    if (score !== null) console.log(`  ${category.padEnd(26)}${score.toFixed(1).padStart(8)}`)
  console.log()
}
