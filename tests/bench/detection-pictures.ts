import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { unitOf } from '../../electron/detection/anomaly/limits.ts'
import { windowOf } from '../../electron/detection/anomaly/measures.ts'
import { createSpendWatch, observe } from '../../electron/detection/anomaly/spend-watch.ts'
import { dayMs, hourMs } from '../../shared/time.ts'
import { perDay, perHour, person, service, startMs, step } from '../unit/detection/anomaly/series.ts'

/** Draws the pictures of docs/detection.md: `node build/with-node.mjs tests/bench/detection-pictures.ts`. */
const folder = fileURLToPath(new URL('../../docs/pictures/', import.meta.url))
const [width, height, left, bottom] = [860, 240, 48, 24]

interface Point {
  ms: number
  observed: number
  expected: number
  limit: number
  alert: boolean
}

/** What the model saw, expected and said, at every full hour. */
function follow(buckets: readonly number[]): Point[] {
  const watch = createSpendWatch(step)
  const points: Point[] = []
  for (const [at, value] of buckets.entries()) {
    const { alert } = observe(watch, { startMs: startMs + at * step, value })
    const index = watch.measures.findIndex(({ kind, ms }) => kind === 'money' && ms === hourMs)
    const measure = watch.measures[index]
    if ((at + 1) % perHour !== 0 || !measure) continue
    const { sum, expected } = windowOf(watch, measure)
    const limit = expected + (watch.limits[index] ?? 0) * unitOf(watch, measure, expected)
    points.push({ ms: startMs + (at + 1) * step, observed: sum, expected, limit, alert })
  }
  return points
}

function draw(name: string, title: string, points: readonly Point[]): void {
  const firstMs = points[0]?.ms ?? 0
  const lastMs = points.at(-1)?.ms ?? 1
  const most = 1.1 * Math.max(...points.map(({ observed }) => observed), ...points.map(({ expected }) => 2 * expected))
  const x = (ms: number) => left + ((ms - firstMs) / (lastMs - firstMs)) * (width - left - 8)
  const y = (value: number) => height - bottom - (Math.min(value, most) / most) * (height - bottom - 28)
  const line = (of: (point: Point) => number) =>
    points.map((point) => `${x(point.ms).toFixed(1)},${y(of(point)).toFixed(1)}`).join(' ')
  const alerts = runs(points).map(
    ([fromMs, toMs]) =>
      `<rect x="${x(fromMs).toFixed(1)}" y="28" width="${(x(toMs) - x(fromMs)).toFixed(1)}" height="${height - bottom - 28}" fill="#b42318" opacity="0.14"/>`,
  )
  const days = points
    .filter(({ ms }) => ms % dayMs === 0 && x(ms) < width - 32)
    .map(
      ({ ms }) => `<text x="${x(ms).toFixed(1)}" y="${height - 8}">${new Date(ms).toISOString().slice(5, 10)}</text>`,
    )
  const ticks = [0, most / 2, most].map(
    (value) => `<text x="4" y="${y(value) + 4}">$${value.toFixed(value < 10 ? 1 : 0)}</text>`,
  )
  writeFileSync(
    `${folder}${name}.svg`,
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11" fill="#5b5e66">
<rect width="${width}" height="${height}" fill="#ffffff"/>
<text x="${left}" y="18" font-size="13" fill="#1b1c1f">${title}</text>
${alerts.join('\n')}
<polyline points="${line(({ limit }) => limit)}" fill="none" stroke="#b42318" stroke-dasharray="4 3"/>
<polyline points="${line(({ expected }) => expected)}" fill="none" stroke="#8b8d94"/>
<polyline points="${line(({ observed }) => observed)}" fill="none" stroke="#3f52c9" stroke-width="1.5"/>
${days.join('\n')}
${ticks.join('\n')}
</svg>
`,
  )
}

/** From and to of each time an alert was open. */
function runs(points: readonly Point[]): [number, number][] {
  const found: [number, number][] = []
  for (const [at, { ms, alert }] of points.entries()) {
    const open = found.at(-1)
    if (alert && points[at - 1]?.alert && open) open[1] = ms
    else if (alert) found.push([ms - hourMs, ms])
  }
  return found
}

const from = (points: Point[], day: number) => points.filter(({ ms }) => ms > startMs + day * dayMs)
const add = (buckets: number[], fromAt: number, toAt: number, extra: (at: number) => number) =>
  buckets.map((value, at) => (at >= fromAt && at < toAt ? value + extra(at) : value))

mkdirSync(folder, { recursive: true })
const leakAt = 25 * perDay + 2 * perHour
draw(
  'leak',
  'A service; a key leaks in the night of the 26th day ($ an hour)',
  from(follow(add(service(28), leakAt, leakAt + 8 * perHour, () => 1.2)), 20),
)
draw(
  'creep',
  'A service that creeps up by 8 % a day from the 22nd day on ($ an hour)',
  from(follow(service(36).map((value, at) => value * 1.08 ** Math.max(0, at / perDay - 21))), 14),
)
draw(
  'person',
  'A person at work: sessions, and a loop in the evening ($ an hour)',
  from(follow(add(person(26), 24 * perDay + 19 * perHour, 24 * perDay + 21 * perHour, () => 0.9)), 16),
)
