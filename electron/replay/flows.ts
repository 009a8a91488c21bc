import type { Flow } from './world.ts'
import { dayMs, hourMs } from '../../shared/time.ts'

type Pace = (atMs: number) => number

/** Dollars for a million tokens of a small model. */
export const small = { input: 0.25, cached: 0.025, output: 2 }

/** Tokens of one minute for so many dollars an hour; half of the money goes in, half comes out. */
export function tokensFor(dollarsPerHour: number, prices: Flow['prices']): Pick<Flow, 'tokens'> {
  const half = dollarsPerHour / 60 / 2
  return { tokens: { input: (half / prices.input) * 1e6, cached: 0, output: (half / prices.output) * 1e6 } }
}

/** Traffic that costs so many dollars an hour at pace 1, at the listed prices of a small model. */
export function flow(dollarsPerHour: number, pace: Pace, change: Partial<Flow> = {}): Flow {
  return {
    provider: 'openai',
    model: 'gpt-5-mini-2025-08-07',
    project: 'web',
    apiKey: 'prod',
    prices: small,
    ...tokensFor(dollarsPerHour, small),
    pace,
    ...change,
  }
}

export const always: Pace = () => 1
export const between =
  (fromMs: number, toMs: number, pace: Pace = always): Pace =>
  (atMs) =>
    atMs >= fromMs && atMs < toMs ? pace(atMs) : 0

/** Office hours in UTC, less at the weekend, a little different from minute to minute and day to day. Mean near 0.4. */
export const office: Pace = (atMs) => {
  const date = new Date(atMs)
  const hour = date.getUTCHours() + date.getUTCMinutes() / 60
  const weekend = date.getUTCDay() % 6 === 0
  const wave = Math.max(0, Math.sin(((hour - 6) / 14) * Math.PI))
  return (0.1 + wave * (weekend ? 0.3 : 1)) * (0.7 + 0.6 * noise(atMs / 60_000)) * (0.85 + 0.3 * noise(atMs / dayMs))
}

/** Twice as much every so often. */
export const doubling =
  (fromMs: number, everyMs: number): Pace =>
  (atMs) =>
    atMs < fromMs ? 0 : 2 ** ((atMs - fromMs) / everyMs) - 1

/** At one hour of the night, as long as a job runs. */
export const nightly =
  (hour: number, forMs: number): Pace =>
  (atMs) => {
    const inDay = atMs % dayMs
    return inDay >= hour * hourMs && inDay < hour * hourMs + forMs ? 1 : 0
  }

/** 0 to 1, the same for the same whole number. */
function noise(step: number): number {
  const mixed = Math.imul(Math.floor(step) ^ 0x9e3779b9, 0x85ebca6b)
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 4_294_967_296
}
