import { floorTo, iso, secondMs, utcDay } from '../../../shared/time.ts'

/** What one request asks for. `toMs` is exclusive, and may lie ahead of now where the newest bucket is under way. */
export interface Span {
  fromMs: number
  toMs: number
  nowMs: number
}

const moments: Record<string, (span: Span) => number> = {
  from: ({ fromMs }) => fromMs,
  to: ({ toMs }) => toMs,
  /** The last second of the span: for ends that belong to it. */
  last: ({ toMs }) => toMs - secondMs,
  /** The end of the span, but not ahead of now. */
  until: ({ toMs, nowMs }) => Math.min(toMs, floorTo(nowMs, secondMs)),
}

const forms: Record<string, (ms: number) => string> = {
  date: utcDay,
  iso: (ms) => iso(ms).replace('.000Z', 'Z'),
  unix: (ms) => String(Math.floor(ms / secondMs)),
  unixms: String,
  year: (ms) => String(new Date(ms).getUTCFullYear()),
  month: (ms) => String(new Date(ms).getUTCMonth() + 1),
  day: (ms) => String(new Date(ms).getUTCDate()),
}
const numbers = new Set(['unix', 'unixms', 'year', 'month', 'day'])

const known = new RegExp(`\\{(${Object.keys(moments).join('|')}):(${Object.keys(forms).join('|')})\\}`, 'g')
const alone = new RegExp(`^${known.source}$`)
/** What looks like a placeholder; other braces may be of a query language. */
const lookalike = /\{(?:\w+:\w*|(?:from|to|last|until|key)[\w.]*)\}/

/** What is wrong with the placeholders of a text; null when nothing is. */
export function placeholderProblem(text: string): string | null {
  const [strange] = lookalike.exec(text.replaceAll(known, '')) ?? []
  if (strange === undefined) return null
  if (strange.startsWith('{key')) return 'the key goes into "auth" only, never into an address or a body'
  return `does not know ${strange}; a time is {from:date}: ${Object.keys(moments).join(', ')} with ${Object.keys(forms).join(', ')}`
}

export function fill(text: string, span: Span): string {
  return text.replaceAll(known, (_all, moment: string, form: string) => written(moment, form, span))
}

/** In a body a text that is nothing but a time as a number becomes that number. */
export function fillJson(value: unknown, span: Span): unknown {
  if (Array.isArray(value)) return value.map((one) => fillJson(one, span))
  if (typeof value === 'string') {
    const filled = fill(value, span)
    return numbers.has(alone.exec(value)?.[2] ?? '') ? Number(filled) : filled
  }
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fillJson(one, span)]))
}

/** Every text in a body. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : []
}

function written(moment: string, form: string, span: Span): string {
  return forms[form]?.(moments[moment]?.(span) ?? 0) ?? ''
}
