import { dayMs, hourMs } from '../../../shared/time.ts'

/**
 * What a moment of the week usually costs per hour. Three averages stand behind each other: this slot of the week,
 * this slot of the day, and the whole; each counts by how often it was seen, so the first hours already say something
 * and two weeks say nearly everything.
 */
export interface Season {
  slotMs: number
  /** Money per hour, at level 1. */
  week: number[]
  weekSeen: number[]
  day: number[]
  daySeen: number[]
  mean: number
  seen: number
  /** What the profile is multiplied with: it follows growth, and a new level that was accepted. */
  level: number
  /** Share of buckets without any spend, and of how many buckets. */
  idle: number
  buckets: number
}

const weekMs = 7 * dayMs
/** 1970-01-01 was a Thursday; which slot comes first does not matter. */
const mostSeen = { week: 6, day: 20, days: 28 } as const

export function createSeason(widthMs: number): Season {
  const slotMs = Math.min(dayMs, Math.max(hourMs / 2, widthMs))
  const perDay = Math.round(dayMs / slotMs)
  const zeros = (length: number) => Array.from({ length }, () => 0)
  return {
    slotMs,
    week: zeros(7 * perDay),
    weekSeen: zeros(7 * perDay),
    day: zeros(perDay),
    daySeen: zeros(perDay),
    mean: 0,
    seen: 0,
    level: 1,
    idle: 0,
    buckets: 0,
  }
}

/** Money per hour to expect at an instant. */
export function expectedRate(season: Season, ms: number): number {
  const week = Math.floor((ms % weekMs) / season.slotMs)
  const day = Math.floor((ms % dayMs) / season.slotMs)
  // A slot of a series that is mostly idle says little by itself.
  const doubt = 1 / busyShare(season)
  const daySeen = season.daySeen[day] ?? 0
  const weekSeen = season.weekSeen[week] ?? 0
  const byDay = (daySeen * (season.day[day] ?? 0) + doubt * season.mean) / (daySeen + doubt)
  return (season.level * (weekSeen * (season.week[week] ?? 0) + doubt * byDay)) / (weekSeen + doubt)
}

/** Notes one more bucket; older ones fade once `remembered` are known. */
export function noteIdleness(season: Season, isIdle: boolean, remembered: number): void {
  season.buckets = Math.min(season.buckets + 1, remembered)
  season.idle += (Number(isIdle) - season.idle) / season.buckets
}

/** Share of buckets with any spend, never quite nothing. */
export function busyShare(season: Season): number {
  return Math.max(0.05, 1 - season.idle)
}

/** The mean cost of an hour. */
export function meanRate(season: Season): number {
  return season.level * season.mean
}

/** Most of the buckets cost nothing: a person at work, not a service. */
export function isMostlyIdle(season: Season): boolean {
  return season.idle > 0.5
}

/** Learns from one finished slot what it cost per hour. */
export function learnSlot(season: Season, ms: number, rate: number): void {
  const week = Math.floor((ms % weekMs) / season.slotMs)
  const day = Math.floor((ms % dayMs) / season.slotMs)
  const flat = rate / season.level
  season.weekSeen[week] = Math.min(mostSeen.week, (season.weekSeen[week] ?? 0) + 1)
  season.daySeen[day] = Math.min(mostSeen.day, (season.daySeen[day] ?? 0) + 1)
  season.seen = Math.min(mostSeen.days * season.day.length, season.seen + 1)
  season.week[week] = towards(season.week[week], flat, season.weekSeen[week])
  season.day[day] = towards(season.day[day], flat, season.daySeen[day])
  season.mean = towards(season.mean, flat, season.seen)
}

function towards(from = 0, to: number, seen = 1): number {
  return from + (to - from) / seen
}
