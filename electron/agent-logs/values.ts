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

const zone = /(?:Z|[+-]\d\d:?\d\d)$/i

/** ISO text with any number of digits, or seconds or milliseconds since 1970. A time without a zone is UTC. */
export function timeOf(value: unknown): number | null {
  if (typeof value === 'number') return value > 1e11 ? Math.floor(value) : value > 1e8 ? Math.floor(value * 1000) : null
  if (typeof value !== 'string') return null
  const atMs = Date.parse(value.length === 24 || zone.test(value) ? value : `${value}Z`)
  return Number.isNaN(atMs) || atMs <= 0 ? null : Math.floor(atMs)
}

/**
 * The same text as one string of its own: a name that comes in every line is a new string each time, and a piece of a line
 * would keep the whole of it.
 */
export function createInterning() {
  const known = new Map<string, string>()
  return (text: string): string => {
    let own = known.get(text)
    if (own === undefined) known.set((own = Buffer.from(text).toString()), own)
    return own
  }
}

/** 53 bits of a text, by cyrb53: fast, and far more than good enough for some millions of names. */
export function hashOf(text: string): number {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 4294967296 * (2097151 & b) + (a >>> 0)
}
