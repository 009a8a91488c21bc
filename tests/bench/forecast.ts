import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { forecastEnd } from '../../electron/detection/forecast.ts'
import { dayMs } from '../../shared/time.ts'

/**
 * `npm run bench:forecast -- DIR`: walks through every month of the daily series in a folder (CSV with `timestamp,value`),
 * foretells its end each day from what was known then, and prints the errors of four methods side by side.
 */
const folder = process.argv[2]
if (!folder) {
  console.error('Give a folder of CSV files with the columns timestamp and value, one row a day.')
  process.exit(2)
}

interface Day {
  atMs: number
  value: number
}

const methods = ['forecast', 'last month', 'linear run rate', 'seasonal naive'] as const
const errors = new Map<string, number[]>(methods.map((method) => [method, []]))
let inside = 0
let judged = 0

for (const file of readdirSync(folder).filter((name) => name.endsWith('.csv'))) {
  const days = readDays(path.join(folder, file))
  for (let at = 14; at < days.length; at++) look(days, at)
}

/** At the beginning of a day: everything before it is known, nothing of it. */
function look(days: readonly Day[], at: number): void {
  const now = days[at]
  if (!now) return
  const date = new Date(now.atMs)
  const monthMs = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)
  const nextMs = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
  const month = days.filter(({ atMs }) => atMs >= monthMs && atMs < nextMs)
  const truth = sumOf(month)
  const known = days.slice(0, at)
  if (month.length < (nextMs - monthMs) / dayMs || truth <= 0) return
  const before = sumOf(known.filter(({ atMs }) => atMs >= monthMs))
  const left = (nextMs - now.atMs) / dayMs
  const found = forecastEnd(
    {
      days: known.map(({ value }) => value),
      weekday: date.getUTCDay(),
      today: 0,
      todayShare: 0,
      before,
      daysLeft: left - 1,
    },
    Infinity,
  )
  if (!found) return
  judged++
  if (truth >= found.low && truth <= found.high) inside++
  const gone = date.getUTCDate() - 1
  const lastMonth = sumOf(known.filter(({ atMs }) => atMs >= monthMs - 30 * dayMs && atMs < monthMs))
  const week = known.slice(-7).map(({ value }) => value)
  const naive = Array.from({ length: left }, (_, day) => week[day % 7] ?? 0).reduce((sum, value) => sum + value, before)
  const note = (method: (typeof methods)[number], end: number) =>
    errors.get(method)?.push(Math.abs(end - truth) / truth)
  note('forecast', found.end)
  note('last month', lastMonth)
  note('linear run rate', gone === 0 ? lastMonth : (before / gone) * (gone + left))
  note('seasonal naive', naive)
}

function readDays(file: string): Day[] {
  const byDay = new Map<number, number>()
  for (const line of readFileSync(file, 'utf8').split('\n').slice(1)) {
    const [timestamp, value] = line.split(',')
    // A day that is told again is revised: the last word counts.
    if (timestamp && value)
      byDay.set(Date.parse(timestamp.includes('T') ? timestamp : `${timestamp.replace(' ', 'T')}Z`), Number(value))
  }
  return [...byDay].map(([atMs, value]) => ({ atMs, value })).sort((a, b) => a.atMs - b.atMs)
}

function sumOf(days: readonly Day[]): number {
  return days.reduce((sum, { value }) => sum + value, 0)
}

console.log(`${judged} looks; the 80 % band held ${((100 * inside) / judged).toFixed(1)} % (goal 75 to 85)`)
for (const method of methods) {
  const all = errors.get(method) ?? []
  const mean = all.reduce((sum, error) => sum + error, 0) / all.length
  const sorted = [...all].sort((a, b) => a - b)
  console.log(
    `${method.padEnd(16)} mean error ${(100 * mean).toFixed(1)} % of the month, median ${(100 * (sorted[sorted.length >> 1] ?? 0)).toFixed(1)} %`,
  )
}
