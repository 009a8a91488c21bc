import { createGauge, rarityOf, type Gauge } from './gauge.ts'
import { compareWithPast, createPastDays, type PastDays } from './past-days.ts'
import { addRecent, createRecent, deviationOf, meanOf, type Recent } from './recent.ts'

/**
 * How surprising each row of any series is, falls and changes of pattern included: for people who look at a chart. It never pages; the spend watch does. Plain data, some hundred kilobytes as JSON.
 */
export interface Surprise {
  version: 2
  recent: Recent
  pasts: PastDays[]
  gauges: Gauge[]
  events: SurpriseEvent[]
}

interface SurpriseEvent {
  row: number
  height: number
}

/**
 * Rows of the windows: of means, of the steps between two neighbours, of the spread, and of what past days are compared
 * with. A lone spike is rare as a mean and as a step of one row; a step of four would repeat it, and an echo is no witness.
 */
const windows = { mean: [1, 4, 16], step: [1, 16], spread: [48, 192], past: [4, 24] } as const
/** Rows of the near mean, and of the far one before it. */
const drift = { near: 16, far: 192 } as const
/** Rarity of a row: mean of its rarest signals, in decades. One or two alone may be the same noise. */
const rarest = 3
/** An event is that rare. */
const eventRarity = 3.1
/** After an event, this share of the rows seen is its aftermath, within limits. */
const aftermath = { share: 0.07, least: 40, most: 400 } as const
/** There, only what is rarer by this factor is news; by far more at first, while the same event unfolds. */
const newsFactor = { late: 1.1, early: 2, fade: 0.2 } as const

export function createSurprise(): Surprise {
  const signals = windows.mean.length + windows.step.length + windows.spread.length + 2 * windows.past.length + 1
  return {
    version: 2,
    recent: createRecent(),
    pasts: windows.past.map(createPastDays),
    gauges: Array.from({ length: signals }, createGauge),
    events: [],
  }
}

/** In [0, 1): from 0.5 on it is an event, told once. Rows come in order, once each; revisions are not for here. */
export function surpriseOf(surprise: Surprise, ms: number, value: number): number {
  const { recent } = surprise
  addRecent(recent, value)
  const rarity = combine(raritiesOf(surprise, ms))
  const score = rarity / (rarity + eventRarity)
  if (rarity < eventRarity) return score
  if (!isNews(surprise, rarity)) return 0.49
  surprise.events.push({ row: recent.rows, height: rarity })
  return score
}

function raritiesOf({ recent, pasts, gauges }: Surprise, ms: number): number[] {
  const rarities: number[] = []
  let next = 0
  const gauge = () => gauges[next++] ?? createGauge()
  for (const rows of windows.mean) rarities.push(...rarityOf(gauge(), meanOf(recent, rows)))
  for (const rows of windows.step) {
    const step = recent.rows > 2 * rows ? meanOf(recent, rows) - meanOf(recent, rows, rows) : 0
    rarities.push(...rarityOf(gauge(), step))
  }
  const scale = gauges[0] ? gauges[0].above[1] - gauges[0].middle : 0
  for (const rows of windows.spread)
    rarities.push(...rarityOf(gauge(), Math.log(deviationOf(recent, rows) + 0.01 * scale + 1e-6)))
  rarities.push(...rarityOf(gauge(), driftOf(recent, scale)))
  for (const [at, rows] of windows.past.entries()) {
    const [above, below] = [gauge(), gauge()]
    const past = pasts[at]
    const distance = past ? compareWithPast(past, ms, meanOf(recent, rows)) : null
    if (distance) rarities.push(rarityOf(above, distance[0])[0], rarityOf(below, distance[1])[0])
  }
  return rarities
}

/** A level that comes too slowly to be a step, in units of the spread around it. */
function driftOf(recent: Recent, scale: number): number {
  const change = meanOf(recent, drift.near) - meanOf(recent, drift.far, drift.near)
  return change / (deviationOf(recent, drift.far) + 0.05 * scale + 1e-9)
}

function combine(rarities: number[]): number {
  const top = rarities.sort((a, b) => b - a).slice(0, rarest)
  return top.reduce((sum, rarity) => sum + rarity, 0) / rarest
}

function isNews(surprise: Surprise, rarity: number): boolean {
  const { rows } = surprise.recent
  surprise.events = surprise.events.filter(({ row }) => rows - row <= aftermath.most)
  const reach = Math.min(aftermath.most, Math.max(aftermath.least, aftermath.share * rows))
  return surprise.events.every(({ row, height }) => {
    const age = rows - row
    const factor = newsFactor.late + newsFactor.early * Math.exp(-age / (newsFactor.fade * reach))
    return age > reach || rarity > height * factor
  })
}
