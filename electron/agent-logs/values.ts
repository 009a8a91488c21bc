/** Values of a log as they are meant: agents are old and new, and gateways write what they like. */
export type Json = Record<string, unknown>

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Logs are read as Latin-1, in which bytes over 0x7f change no structure; a name is decoded again. */
export function textOf(value: unknown): string {
  if (typeof value !== 'string') return ''
  // oxlint-disable-next-line no-control-regex
  return /[^\u0000-\u007f]/.test(value) ? Buffer.from(value, 'latin1').toString('utf8') : value
}

/** A count of tokens. Missing is none; what is no count at all is none either, since the line has others. */
export function countOf(value: unknown): number {
  const count = typeof value === 'string' ? Number(value) : value
  return typeof count === 'number' && count > 0 && count < 1e12 ? Math.floor(count) : 0
}

/** As nearly all logs write it. Read so, it takes a third of what Date.parse does. */
const usualTime = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/
let latestDay = { text: '', startMs: NaN }

function usualTimeOf(text: string): number {
  const day = text.slice(0, 10)
  if (day !== latestDay.text) latestDay = { text: day, startMs: Date.parse(day) }
  const digits = (at: number) => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 48 * 11
  const seconds = (digits(11) * 60 + digits(14)) * 60 + digits(17)
  return latestDay.startMs + seconds * 1_000 + digits(20) * 10 + text.charCodeAt(22) - 48
}

const zone = /(?:Z|[+-]\d\d:?\d\d)$/i
/** In other words with a number in them Date.parse sees a day of 2001. */
const dated = /^\d{4}-\d\d-\d\d/
const unusualTimeOf = (text: string) => Date.parse(zone.test(text) ? text : `${text}Z`)
/** The last time that JavaScript has. */
const latestMs = 8.64e15

/** ISO text with any number of digits, or seconds or milliseconds since 1970. A time without a zone is UTC. */
export function timeOf(value: unknown): number | null {
  if (typeof value === 'number') {
    const atMs = Math.floor(value > 1e11 ? value : value * 1000)
    return value > 1e8 && atMs <= latestMs ? atMs : null
  }
  if (typeof value !== 'string') return null
  const atMs = usualTime.test(value) ? usualTimeOf(value) : dated.test(value) ? unusualTimeOf(value) : NaN
  return Number.isNaN(atMs) || atMs <= 0 ? null : Math.floor(atMs)
}

/**
 * Names that come in every line, each as one string: read from a line it would be a new one each time, and might keep the
 * whole line in memory.
 */
export function createNames(): (text: string) => string {
  const known = new Map<number, string>()
  return (text) => {
    const hash = hashOf(text)
    const name = known.get(hash) ?? Buffer.from(text).toString()
    known.set(hash, name)
    return name
  }
}

/** The mode of a call, as one string while it stays the same. */
export function createModes(): (tier: string, speed: string, region: string) => string {
  let [latestTier, latestSpeed, latestRegion, mode] = ['', '', '', '//']
  return (tier, speed, region) => {
    if (tier !== latestTier || speed !== latestSpeed || region !== latestRegion)
      [latestTier, latestSpeed, latestRegion, mode] = [tier, speed, region, `${tier}/${speed}/${region}`]
    return mode
  }
}

/** Of an empty text none, 0; otherwise 53 bits, by cyrb53: fast, and far more than good enough for some millions of names. */
export function hashOf(text: string): number {
  if (text === '') return 0
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  return finished(a, b)
}

/** The same of ASCII bytes, without making a text of them. */
export function hashAt(bytes: Buffer, from: number, to: number): number {
  if (from === to) return 0
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let at = from; at < to; at++) {
    const code = bytes[at]!
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  return finished(a, b)
}

function finished(first: number, second: number): number {
  const a = Math.imul(first ^ (first >>> 16), 2246822507) ^ Math.imul(second ^ (second >>> 13), 3266489909)
  const b = Math.imul(second ^ (second >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 4294967296 * (2097151 & b) + (a >>> 0)
}
