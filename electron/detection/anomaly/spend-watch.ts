import { dayMs, hourMs } from '../../../shared/time.ts'
import { followEpisode, openEpisode, takeBackLevel, type AcceptedLevel, type Episode } from './episode.ts'
import { describe, type Finding } from './finding.ts'
import { learnFromSlot } from './learning.ts'
import { isOver, limitsOf, statisticOf } from './limits.ts'
import { coarseSize, coarseWidth, fineSize, measuresFor, windowLengths, type Measure } from './measures.ts'
import type { Rise } from './recurrence.ts'
import { createPeaks, endDay, forgetFirstDays, notePeak, type Peaks } from './peaks.ts'
import { createSeason, expectedRate, isMostlyIdle, meanRate, noteIdleness, type Season } from './season.ts'
import { addToTrail, createTrail, type Trail } from './trail.ts'

export interface Bucket {
  startMs: number
  /** What is known to have been spent in it by now, in whatever currency, never negative. */
  value: number
  /** Up to so much of it was announced: what is above expectation only counts from there on. */
  allowance?: number
  /** Whether anything was spent around it, where only the sum of a longer time is known. */
  busy?: boolean
}

/** How long the share of idle buckets remembers. */
const idleDays = 14
/** Less than a nano is nothing: no ledger knows it, and it would make ratios without end. */
const least = 1e-9

/** All that is remembered of a series: plain data, a few tens of kilobytes as JSON. */
export interface SpendWatch {
  version: 2
  widthMs: number
  season: Season
  fine: Trail
  coarse: Trail
  busy: Trail
  /** Buckets of the fine trail as they were last reported, to tell what a revision adds. */
  reported: number[]
  measures: Measure[]
  peaks: Peaks[]
  /** By measure; null while there is none. */
  limits: (number | null)[]
  /** Variance of a day's excess, in mean days. */
  spread: number
  spreadSeen: number
  day: number
  daysSeen: number
  slot: number
  /** Whether the running day had an alert. */
  tainted: boolean
  episode: Episode | null
  accepted: AcceptedLevel | null
  /** What a person accepted up to then is part of it. */
  acceptedToMs: number
  rises: Rise[]
}

export interface SpendVerdict {
  alert: boolean
  /** How far over its limit the worst measure is; at most 1 is ordinary. */
  over: number
  finding: Finding | null
}

export function createSpendWatch(widthMs: number): SpendWatch {
  const measures = measuresFor(widthMs)
  const coarseMs = coarseWidth(widthMs)
  return {
    version: 2,
    widthMs,
    season: createSeason(widthMs),
    fine: createTrail(widthMs, fineSize, windowLengths(measures, 'fine', widthMs)),
    coarse: createTrail(coarseMs, coarseSize(widthMs), windowLengths(measures, 'coarse', coarseMs)),
    busy: createTrail(widthMs, fineSize, windowLengths(measures, 'busy', widthMs)),
    reported: Array.from({ length: fineSize }, () => 0),
    measures,
    peaks: measures.map(createPeaks),
    limits: measures.map(() => null),
    spread: 0.5,
    spreadSeen: 0,
    day: -1,
    daysSeen: 0,
    slot: -1,
    tainted: false,
    episode: null,
    accepted: null,
    acceptedToMs: 0,
    rises: [],
  }
}

/**
 * Takes one bucket, in order of arrival: a new one, or a revision of one seen before, whose value replaces the old.
 * Changes `watch`. A revision older than the fine trail reaches is ignored.
 */
export function observe(watch: SpendWatch, bucket: Bucket): SpendVerdict {
  const number = Math.floor(bucket.startMs / watch.widthMs)
  const isNew = number > watch.fine.newest
  if (number > watch.fine.newest - fineSize) take(watch, number, bucket, isNew)
  return judge(watch, (watch.fine.newest + 1) * watch.widthMs)
}

function take(watch: SpendWatch, number: number, bucket: Bucket, isNew: boolean): void {
  const { startMs } = bucket
  const { season, reported, widthMs } = watch
  if (isNew) {
    turnCalendar(watch, startMs)
    for (let skipped = Math.max(watch.fine.newest + 1, number - fineSize + 1); skipped <= number; skipped++)
      reported[skipped % fineSize] = 0
    noteIdleness(season, !isBusy(bucket), (idleDays * dayMs) / widthMs)
  }
  const usual = isNew
    ? (expectedRate(season, startMs) * widthMs) / hourMs
    : (watch.fine.expected[number % fineSize] ?? 0)
  // Next to nothing, and yet not nothing: it counts as busy.
  const value = counted(bucket, usual) || (isBusy(bucket) ? Number.MIN_VALUE : 0)
  const expected = isNew ? usual : 0
  const before = reported[number % fineSize] ?? 0
  reported[number % fineSize] = value
  addToTrail(watch.fine, number, value - before, expected)
  addToTrail(watch.coarse, Math.floor(startMs / watch.coarse.widthMs), value - before, expected)
  addToTrail(watch.busy, number, Number(value > 0) - Number(before > 0), 0)
}

function isBusy({ value, busy = value >= least }: Bucket): boolean {
  return busy
}

/** What counts of a bucket: an announced launch is neither an alert nor a habit. */
function counted({ value, allowance = 0 }: Bucket, usual: number): number {
  const unplanned = allowance > 0 ? Math.max(Math.min(value, usual), value - allowance) : value
  return unplanned < least ? 0 : unplanned
}

function turnCalendar(watch: SpendWatch, startMs: number): void {
  const slot = Math.floor(startMs / watch.season.slotMs)
  if (slot !== watch.slot) {
    if (watch.slot >= 0 && !watch.episode) learnFromSlot(watch, slot)
    takeBackLevel(watch)
    watch.slot = slot
    if (watch.daysSeen === 0) watch.limits = limitsOf(watch)
  }
  const day = Math.floor(startMs / dayMs)
  if (day !== watch.day) {
    if (watch.day >= 0) closeDay(watch)
    watch.day = day
    watch.tainted = watch.episode !== null
  }
}

function closeDay(watch: SpendWatch): void {
  watch.daysSeen++
  for (const [at, peaks] of watch.peaks.entries()) {
    // In an idle series an alert may well be a busy day; forgetting all of them would page for every next one.
    const ofAlert = isMostlyIdle(watch.season) ? (watch.limits[at] ?? null) : null
    endDay(peaks, watch.tainted ? ofAlert : Infinity)
  }
  const window = watch.coarse.windows.find(({ length }) => length * watch.coarse.widthMs === dayMs)
  const meanDay = 24 * meanRate(watch.season)
  if (window && meanDay > 0 && watch.daysSeen > 1 && !watch.tainted) {
    const square = ((window.sum - window.expected) / meanDay) ** 2
    const most = watch.daysSeen > 8 ? 9 * watch.spread : 1
    watch.spreadSeen = Math.min(28, watch.spreadSeen + 1)
    watch.spread += (Math.min(square, most) - watch.spread) / (watch.spreadSeen + 1)
  }
  if (watch.daysSeen === 8) {
    // Now every weekday has been seen once.
    for (const peaks of watch.peaks) forgetFirstDays(peaks, 3)
    watch.spreadSeen = Math.min(3, watch.spreadSeen)
  }
  watch.limits = limitsOf(watch)
}

function judge(watch: SpendWatch, nowMs: number): SpendVerdict {
  let worst: Measure | null = null
  let over = 0
  for (const [at, measure] of watch.measures.entries()) {
    const height = statisticOf(watch, measure)
    const peaks = watch.peaks[at]
    if (peaks) notePeak(peaks, height)
    const limit = watch.limits[at] ?? null
    if (limit === null || !isOver(watch, measure, height, limit)) continue
    if (height / limit > over) {
      over = height / limit
      worst = measure
    }
  }
  if (worst && !watch.episode) {
    openEpisode(watch, worst, nowMs)
    watch.tainted = true
  }
  const episode = watch.episode
  const finding = episode ? describe(watch, episode, worst, nowMs) : null
  if (episode) followEpisode(watch, episode, nowMs)
  const alert = watch.episode?.told ?? false
  return { alert, over, finding: alert ? finding : null }
}
