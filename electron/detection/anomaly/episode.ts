import { dayMs, hourMs } from '../../../shared/time.ts'
import { hourlyExcess } from './finding.ts'
import { statisticOf } from './limits.ts'
import { windowOf, type Measure } from './measures.ts'
import { noteRise, usualHeight } from './recurrence.ts'
import { isMostlyIdle, meanRate } from './season.ts'
import type { SpendWatch } from './spend-watch.ts'
import { rewriteTrail } from './trail.ts'

/** A rise from its first sign until it is over, or accepted as the new level. */
export interface Episode {
  sinceMs: number
  /** Window of the measure that found it. */
  windowMs: number
  calmSinceMs: number | null
  /** Highest excess of an hour so far, in mean hours, and how high it may get before it is news. */
  height: number
  usual: number
  /** Whether it was news: what comes every month is followed in silence. */
  told: boolean
}

/** A level that was adapted to, kept for two weeks in case it was an incident after all. */
export interface AcceptedLevel {
  ratio: number
  day: number
  slotsBelow: number
}

/** Over when every window up to the one that found it is below this share of its limit, for so long. */
const calmShare = 0.5
const calmMs = 3 * hourMs
/** People come back the next morning: it is the same matter then. */
const calmIdleMs = 30 * hourMs
const acceptedAfterMs = 2.5 * dayMs
/** A rise of half an hour is not half as high: the pace over the dearest of these is what was accepted. */
const acceptedOver = [hourMs / 4, hourMs, dayMs / 3]
const takeBack = { low: 0.5, high: 1.3, leastRatio: 1.5, afterMs: 4 * hourMs, withinDays: 14 } as const

export function openEpisode(watch: SpendWatch, measure: Measure, nowMs: number): void {
  const usual = usualHeight(watch.rises, nowMs)
  watch.episode = { sinceMs: nowMs, windowMs: measure.ms, calmSinceMs: null, height: 0, usual, told: false }
  noteHeight(watch, watch.episode)
}

export function followEpisode(watch: SpendWatch, episode: Episode, nowMs: number): void {
  noteHeight(watch, episode)
  if (isBusy(watch, episode)) episode.calmSinceMs = null
  else episode.calmSinceMs ??= nowMs
  const enough = isMostlyIdle(watch.season) ? calmIdleMs : calmMs
  if (nowMs - episode.sinceMs >= acceptedAfterMs) acceptLevel(watch, episode)
  else if (episode.calmSinceMs !== null && nowMs - episode.calmSinceMs >= enough) settle(watch, episode)
}

function noteHeight(watch: SpendWatch, episode: Episode): void {
  const hour = watch.measures.find(({ kind, ms }) => kind === 'money' && ms >= hourMs)
  if (!hour) return
  const { sum, expected } = windowOf(watch, hour)
  const mean = (meanRate(watch.season) * hour.ms) / hourMs
  if (mean > 0) episode.height = Math.max(episode.height, (sum - expected) / mean)
  if (episode.height > episode.usual) episode.told = true
}

function isBusy(watch: SpendWatch, { windowMs }: Episode): boolean {
  const longest = Math.max(windowMs, hourMs)
  return watch.measures.some((measure, at) => {
    const limit = watch.limits[at] ?? null
    if (limit === null || measure.kind !== 'money' || measure.ms > longest) return false
    return statisticOf(watch, measure) > calmShare * limit
  })
}

/**
 * A person said that this is the new normal. After minutes nobody knows what it is by day and by night, so that money
 * is added to a mean hour instead of multiplying every hour: rather speak once more than be deaf to what comes next.
 */
export function acceptByHand(watch: SpendWatch, atMs: number): void {
  watch.acceptedToMs = atMs
  const { episode } = watch
  if (!episode) return
  const mean = meanRate(watch.season)
  const pace = Math.max(0, ...acceptedOver.map((ms) => hourlyExcess(watch, ms) ?? 0))
  adoptLevel(watch, episode, mean > 0 ? 1 + pace / mean : 1)
}

/** The new level is what the last three days cost. */
function acceptLevel(watch: SpendWatch, episode: Episode): void {
  const days = watch.coarse.windows.at(-2)
  adoptLevel(watch, episode, days && days.expected > 0 ? Math.max(1, days.sum / days.expected) : 1)
}

function adoptLevel(watch: SpendWatch, episode: Episode, ratio: number): void {
  settle(watch, episode)
  watch.season.level *= ratio
  watch.accepted = { ratio, day: watch.daysSeen, slotsBelow: 0 }
  for (const trail of [watch.fine, watch.coarse])
    rewriteTrail(trail, 0, (value, expected) => [value * ratio, expected * ratio])
}

/** What was told is no evidence any more: it would open the next alert in the longer windows. */
function settle(watch: SpendWatch, episode: Episode): void {
  noteRise(watch.rises, { sinceMs: episode.sinceMs, height: episode.height })
  watch.episode = null
  const fromMs = episode.sinceMs - episode.windowMs
  for (const trail of [watch.fine, watch.coarse])
    rewriteTrail(trail, Math.floor(fromMs / trail.widthMs), (value, expected) => [Math.min(value, expected), expected])
  rewriteTrail(watch.busy, Math.floor(fromMs / watch.busy.widthMs), () => [0, 0])
}

/** An accepted level that is left again for hours was an incident: the old one holds. An outage is no such return. */
export function takeBackLevel(watch: SpendWatch): void {
  const { accepted, season } = watch
  if (!accepted || watch.episode) return
  const window = watch.fine.windows.at(-1) ?? watch.coarse.windows[0]
  if (!window || window.expected <= 0) return
  const ofOld = (window.sum / window.expected) * accepted.ratio
  const isBack = accepted.ratio > takeBack.leastRatio && ofOld > takeBack.low && ofOld < takeBack.high
  accepted.slotsBelow = isBack ? accepted.slotsBelow + 1 : 0
  if (accepted.slotsBelow * season.slotMs >= takeBack.afterMs) {
    season.level /= accepted.ratio
    watch.accepted = null
    for (const trail of [watch.fine, watch.coarse])
      rewriteTrail(trail, 0, (value, expected) => {
        const old = expected / accepted.ratio
        return [Math.min(value, old), old]
      })
  } else if (watch.daysSeen - accepted.day > takeBack.withinDays) watch.accepted = null
}
