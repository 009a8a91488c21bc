import { dayMs, hourMs } from '../../../shared/time.ts'
import { busyShare, isMostlyIdle, learnSlot, meanRate } from './season.ts'
import type { SpendWatch } from './spend-watch.ts'

/** Fine slots are learnt an hour late, when most of their revisions have arrived. */
const lagSlots = 1
/** From then on, what is learnt is clipped: an unnoticed burst must not become the season. */
const clippedFromDay = 7
const clip = { expected: 3, mean: 6 } as const
/** The level follows a week's ratio to expectation with this time constant, at most so fast a day: growth, not creep. */
const levelDays = 6
const levelSteps = { up: 0.12, down: 0.3 } as const

/** Called when `slot` begins, while nothing is wrong. */
export function learnFromSlot(watch: SpendWatch, slot: number): void {
  const { season, fine, widthMs } = watch
  const finished = slot - 1 - (season.slotMs > hourMs ? 0 : lagSlots)
  const from = Math.floor((finished * season.slotMs) / widthMs)
  const count = Math.max(1, Math.round(season.slotMs / widthMs))
  if (from < 0 || fine.newest - from >= fine.values.length || from + count - 1 > fine.newest) return
  let sum = 0
  let expected = 0
  for (let number = from; number < from + count; number++) {
    sum += fine.values[number % fine.values.length] ?? 0
    expected += fine.expected[number % fine.expected.length] ?? 0
  }
  // A service that never rests and cost nothing had an outage; that says nothing of what it costs.
  if (sum === 0 && season.idle < 0.2 && watch.daysSeen > 0) return
  const hours = (count * widthMs) / hourMs
  const most = Math.max(clip.expected * (expected / hours), (clip.mean * meanRate(season)) / busyShare(season))
  const isClipped = watch.daysSeen > clippedFromDay && season.mean > 0
  learnSlot(season, finished * season.slotMs, isClipped ? Math.min(sum / hours, most) : sum / hours)
  if (watch.daysSeen > clippedFromDay && !isMostlyIdle(season)) followLevel(watch)
}

function followLevel({ coarse, season }: SpendWatch): void {
  const week = coarse.windows.at(-1)
  if (!week || week.sum <= 0 || week.expected <= 0) return
  const drift = Math.max(-levelSteps.down, Math.min(levelSteps.up, Math.log(week.sum / week.expected)))
  season.level *= Math.exp((drift * season.slotMs) / (levelDays * dayMs))
}
