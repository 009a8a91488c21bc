import { dayMs, hourMs, minuteMs } from '../../../shared/time.ts'
import { createPeaks, endDay, limitOf, type Peaks } from './peaks.ts'
import { createSeason, expectedRate, learnSlot, meanRate, type Season } from './season.ts'
import { addToTrail, createTrail, rewriteTrail, type Trail, type TrailWindow } from './trail.ts'

export interface Bucket {
  startMs: number
  value: number
}

export interface Horizon {
  ms: number
  ratio: number
  margin: number
}

export const P = {
  margin: 2.5, power: 0.7, floor: 0.1, close: 0.5, calmMs: 3 * hourMs, acceptMs: 2.5 * dayMs, minDays: 5,
  tau: 6, up: 0.12, down: 0.3,
  actMargin: 2.5, actMoney: 0.15,
  ratio: [4, 3, 2.5, 2, 1.8, 1.7, 1.6, 1.5, 1.35, 1.25, 1.25],
}

const horizons = [5 * minuteMs, 10 * minuteMs, 15 * minuteMs, 30 * minuteMs, hourMs, 2 * hourMs, 4 * hourMs, 8 * hourMs, dayMs, 3 * dayMs, 7 * dayMs]

interface Measure { trail: 'fine' | 'coarse' | 'active'; index: number; ms: number; ratio: number }

export interface Episode { sinceMs: number; horizonMs: number; calmSinceMs: number | null }

export interface Model {
  version: 1
  widthMs: number
  season: Season
  fine: Trail
  coarse: Trail
  active: Trail
  reported: number[]
  measures: Measure[]
  peaks: Peaks[]
  limits: number[]
  day: number
  slot: number
  daysSeen: number
  tainted: boolean
  episode: Episode | null
  accepted: { ratio: number; atMs: number } | null
}

export function createModel(widthMs: number): Model {
  const size = 600
  const fits = horizons.filter((h) => h >= widthMs)
  const coarseMs = Math.max(widthMs, hourMs)
  const fineH = fits.filter((h) => h < dayMs && h / widthMs <= size - 2)
  const coarseH = fits.filter((h) => !fineH.includes(h))
  const actH = [hourMs, 3 * hourMs, 8 * hourMs].filter((h) => h > 3 * widthMs && h / widthMs <= size - 2)
  const measures: Measure[] = [
    ...fineH.map((ms, index) => ({ trail: 'fine' as const, index, ms, ratio: P.ratio[horizons.indexOf(ms)]! })),
    ...coarseH.map((ms, index) => ({ trail: 'coarse' as const, index, ms, ratio: P.ratio[horizons.indexOf(ms)]! })),
    ...actH.map((ms, index) => ({ trail: 'active' as const, index, ms, ratio: 1.5 })),
  ]
  return {
    version: 1, widthMs,
    season: createSeason(widthMs),
    fine: createTrail(widthMs, size, fineH.map((h) => Math.round(h / widthMs))),
    coarse: createTrail(coarseMs, Math.ceil(8 * dayMs / coarseMs), coarseH.map((h) => Math.round(h / coarseMs))),
    active: createTrail(widthMs, size, actH.map((h) => Math.round(h / widthMs))),
    reported: Array.from({ length: size }, () => 0),
    measures, peaks: measures.map(createPeaks), limits: measures.map(() => Infinity),
    day: -1, slot: -1, daysSeen: 0, tainted: false, episode: null, accepted: null,
  }
}

export function observe(m: Model, b: Bucket) {
  const number = Math.floor(b.startMs / m.widthMs)
  const size = m.reported.length
  if (number <= m.fine.newest - size) return verdict(m, b.startMs, 0)
  const isNew = number > m.fine.newest
  if (isNew) {
    turn(m, b.startMs)
    for (let k = Math.max(m.fine.newest + 1, number - size + 1); k <= number; k++) m.reported[k % size] = 0
  }
  const e = isNew ? (expectedRate(m.season, b.startMs) * m.widthMs) / hourMs : 0
  const old = m.reported[number % size] ?? 0
  m.reported[number % size] = b.value
  const delta = b.value - old
  addToTrail(m.fine, number, delta, e)
  addToTrail(m.coarse, Math.floor(b.startMs / m.coarse.widthMs), delta, e)
  addToTrail(m.active, number, (b.value > 0 ? 1 : 0) - (old > 0 ? 1 : 0), 0)
  if (isNew) m.season.idle += ((b.value > 0 ? 0 : 1) - m.season.idle) / Math.min((m.fine.newest >= 0 ? m.daysSeen + 1 : 1) * dayMs / m.widthMs, 14 * dayMs / m.widthMs)
  return judge(m, m.fine.newest * m.widthMs + m.widthMs)
}

/** New slot or day. */
function turn(m: Model, startMs: number) {
  const slot = Math.floor(startMs / m.season.slotMs)
  if (slot !== m.slot) {
    const lag = m.season.slotMs > hourMs ? 1 : 2
    if (m.slot >= 0 && !m.episode) learn(m, (slot - lag) * m.season.slotMs)
    m.slot = slot
  }
  const day = Math.floor(startMs / dayMs)
  if (day !== m.day) {
    if (m.day >= 0) {
      for (const p of m.peaks) if (m.tainted) p.today = 0; else endDay(p)
      m.limits = m.peaks.map((p, i) => p.days.length < P.minDays ? Infinity : limitOf(p, m.measures[i]!.trail === 'active' ? P.actMargin : P.margin))
      m.daysSeen++
    }
    m.tainted = m.episode !== null
    m.day = day
  }
}

function learn(m: Model, slotStartMs: number) {
  const { fine, season } = m
  const from = Math.floor(slotStartMs / m.widthMs)
  const count = Math.max(1, Math.round(season.slotMs / m.widthMs))
  let sum = 0, exp = 0
  for (let k = from; k < from + count; k++) {
    const age = fine.newest - k
    if (age < 0 || age >= fine.values.length) return
    sum += fine.values[k % fine.values.length]!
    exp += fine.expected[k % fine.expected.length]!
  }
  const hours = (count * m.widthMs) / hourMs
  // an outage says nothing
  if (sum === 0 && season.idle < 0.2 && m.daysSeen > 0) return
  let rate = sum / hours
  if (m.daysSeen > 2) rate = Math.min(rate, Math.max(3 * exp / hours, 6 * meanRate(season)))
  learnSlot(season, slotStartMs, rate)
  if (m.daysSeen > 7) {
    const w = m.coarse.windows.at(-1)!
    const r = Math.log((w.sum + 1e-9) / (w.expected + 1e-9))
    season.level *= Math.exp(Math.max(-P.down, Math.min(P.up, r)) * season.slotMs / (P.tau * dayMs))
  }
}

function trailOf(m: Model, me: Measure): TrailWindow {
  return m[me.trail].windows[me.index]!
}

/** Excess in units of the mean cost of the window, quieter where more is expected. */
function statistic(m: Model, me: Measure): number {
  const w = trailOf(m, me)
  if (me.trail === 'active') return w.sum / w.length
  const mean = meanRate(m.season) * me.ms / hourMs
  if (mean <= 0) return 0
  const floor = Math.max(P.floor, m.season.idle)
  const e = Math.max(w.expected / mean, floor)
  return (w.sum - w.expected) / mean / e ** P.power
}

function judge(m: Model, nowMs: number) {
  let why: Measure | null = null, x0 = 0, best = 0
  const shortest: number[] = []
  for (let i = 0; i < m.measures.length; i++) {
    const me = m.measures[i]!
    const x = statistic(m, me)
    shortest.push(x)
    const p = m.peaks[i]!
    if (x > p.today) p.today = x
    const limit = m.limits[i]!
    if (limit === Infinity) continue
    const w = trailOf(m, me)
    const ok = me.trail === 'active' ? m.season.idle > 0.5 && moneyEnough(m, me) : w.sum >= me.ratio * w.expected
    const over = ok ? x / (limit + 1e-12) : 0
    if (over > best) { best = over; x0 = x; why = me }
  }
  if (!m.episode) {
    if (best > 1 && why) {
      m.episode = { sinceMs: nowMs, horizonMs: why.ms, calmSinceMs: null }
      m.tainted = true
    }
  } else follow(m, nowMs, shortest)
  return verdict(m, nowMs, best, why, x0)
}

function moneyEnough(m: Model, me: Measure): boolean {
  const w = m.fine.windows[m.measures.findIndex((o) => o.trail === 'fine' && o.ms >= Math.min(me.ms, 8 * hourMs))]!
  return w.sum - w.expected > P.actMoney * meanRate(m.season) * 24
}

function follow(m: Model, nowMs: number, xs: number[]) {
  const ep = m.episode!
  let busy = false
  for (let i = 0; i < m.measures.length; i++) {
    const me = m.measures[i]!
    if (me.trail === 'active') continue
    if (me.ms > Math.max(ep.horizonMs, hourMs)) continue
    if (xs[i]! > P.close * m.limits[i]!) busy = true
  }
  if (busy) ep.calmSinceMs = null
  else ep.calmSinceMs ??= nowMs
  const accept = nowMs - ep.sinceMs >= P.acceptMs
  if (accept) {
    const w = m.coarse.windows[m.coarse.windows.length - 2] ?? m.coarse.windows[0]!
    const ratio = Math.max(1, w.sum / (w.expected + 1e-12))
    m.season.level *= ratio
    m.accepted = { ratio, atMs: nowMs }
    settle(m, ep.sinceMs - ep.horizonMs, nowMs)
    rescale(m, ratio)
    m.episode = null
  } else if (ep.calmSinceMs !== null && nowMs - ep.calmSinceMs >= P.calmMs) {
    settle(m, ep.sinceMs - ep.horizonMs, nowMs)
    m.episode = null
  }
}

/** Money already told is no evidence any more. */
function settle(m: Model, fromMs: number, _nowMs: number) {
  rewriteTrail(m.fine, Math.floor(fromMs / m.widthMs), (v, e) => [Math.min(v, e), e])
  rewriteTrail(m.coarse, Math.floor(fromMs / m.coarse.widthMs), (v, e) => [Math.min(v, e), e])
  rewriteTrail(m.active, Math.floor(fromMs / m.widthMs), () => [0, 0])
}

function rescale(m: Model, ratio: number) {
  rewriteTrail(m.fine, 0, (v, e) => [v * ratio, e * ratio])
  rewriteTrail(m.coarse, 0, (v, e) => [v * ratio, e * ratio])
}

function verdict(m: Model, _now: number, best: number, why: Measure | null = null, x = 0) {
  const w = why && trailOf(m, why)
  return { alert: m.episode !== null, score: best / (1 + best), horizonMs: why?.ms, trail: why?.trail, x, over: best, obs: w?.sum, exp: w?.expected }
}
