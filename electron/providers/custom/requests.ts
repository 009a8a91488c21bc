import { fail } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { dayMs, floorTo } from '../../../shared/time.ts'
import type { ProviderRequest, Query } from '../../http/provider-http.ts'
import type { CustomFeed, SpendFeed } from './manifest.ts'
import type { Mapping } from './mapping.ts'
import { fill, fillJson, type Span } from './placeholders.ts'
import { i18n } from '../../../shared/words.ts'

/** The spans that are asked for one by one: the window itself, or its days, its months, or stretches of days. */
export function spansOf({ split }: SpendFeed, window: { fromMs: number; toMs: number }, nowMs: number): Span[] {
  if (split === undefined) return [{ ...window, nowMs }]
  const spans: Span[] = []
  // A month is asked for whole, because that is how such an API is asked; what lies outside is left out afterwards.
  for (let fromMs = split === 'month' ? monthStart(window.fromMs) : window.fromMs; fromMs < window.toMs;) {
    const toMs = split === 'month' ? nextMonth(fromMs) : Math.min(window.toMs, dayAfter(fromMs, split))
    spans.push({ fromMs, toMs, nowMs })
    fromMs = toMs
  }
  return spans
}

/** What a running total or a balance is asked for: its period so far. */
export function spanSoFar(feed: CustomFeed, nowMs: number): Span {
  const monthly = feed.reads === 'total' && feed.since === 'month'
  const fromMs = monthly ? monthStart(nowMs) : floorTo(nowMs, dayMs)
  return { fromMs, toMs: monthly ? nextMonth(nowMs) : fromMs + dayMs, nowMs }
}

export function monthStart(ms: number): number {
  const date = new Date(ms)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
}

export function firstRequest({ request, pages }: CustomFeed, span: Span): ProviderRequest {
  const query: Query = Object.entries(request.query).flatMap(([name, texts]) =>
    [texts].flat().map((text) => [name, fill(text, span)] as const),
  )
  const first: ProviderRequest = {
    method: request.method,
    path: fill(request.path, span),
    query,
    // In small letters, so that one takes the place of ours: of two spellings both would be sent.
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, text]) => [name.toLowerCase(), fill(text, span)]),
    ),
    answer: request.answer,
    ...(request.json === undefined ? {} : { json: fillJson(request.json, span) }),
  }
  return pages.kind === 'number' ? withParameter(first, pages.parameter, firstOf(pages)) : first
}

/** Pages are counted from 1 and rows from 0, unless the manifest says otherwise. */
function firstOf({ first, step }: { first?: number | undefined; step: number }): number {
  return first ?? (step === 1 ? 1 : 0)
}

/** The request for the next page; null after the last. `rows` is how many this one had. */
export function nextRequest(
  { feed: { pages }, pick, refuse }: Mapping,
  asked: ProviderRequest,
  answer: unknown,
  rows: number,
): Result<ProviderRequest | null> {
  if (pages.kind === 'none') return ok(null)
  const find = (name: string) => pick(name, answer, 'the answer')
  const more = find('pages.more')
  if (!more.ok) return more
  if (more.value !== null && typeof more.value !== 'boolean')
    return refuse('pages.more', 'finds neither true nor false')
  // Where it finds nothing it tells nothing: a name that is mistaken must not pass for the end.
  const says = more.value !== null
  if (more.value === false) return ok(null)

  if (pages.kind === 'number') {
    const number = Number(parameterOf(asked, pages.parameter))
    const last = find('pages.last')
    if (!last.ok) return last
    if (pages.last !== undefined && typeof last.value !== 'number') return refuse('pages.last', 'finds no number')
    const isLast = pages.last === undefined ? !says && rows === 0 : number >= Number(last.value)
    return ok(isLast ? null : withParameter(asked, pages.parameter, number + pages.step))
  }

  const next = find('pages.next')
  if (!next.ok) return next
  const { value: cursor } = next
  if (cursor === null || cursor === '' || cursor === false)
    return says
      ? err(
          fail(
            'truncated',
            i18n.t('{path} says there is more but not where; nothing of it was stored.', { path: pathOf(asked) }),
          ),
        )
      : ok(null)
  if (typeof cursor !== 'string' && typeof cursor !== 'number')
    return refuse('pages.next', 'finds neither text nor number')
  return pages.kind === 'cursor'
    ? ok(withParameter(asked, pages.parameter, cursor))
    : ok({ ...asked, path: linked(String(cursor), asked.path), query: [] })
}

/** For people: a link to a page may hold a token in its query. */
export function pathOf({ path }: ProviderRequest): string {
  return path.replace(/\?.*$/s, '')
}

/** A link to the next page holds its whole query. Without a host of its own it belongs to where it was found. */
function linked(link: string, from: string): string {
  if (URL.canParse(link)) return link
  const here = 'https://here.invalid'
  const url = new URL(link, URL.canParse(from) ? from : here + from)
  return url.origin === here ? url.pathname + url.search : url.href
}

/** A parameter goes into the body where there is one, in place of what was there. */
function withParameter(asked: ProviderRequest, name: string, value: string | number): ProviderRequest {
  if (isRecord(asked.json)) return { ...asked, json: { ...asked.json, [name]: value } }
  const others = (asked.query ?? []).filter(([other]) => other !== name)
  return { ...asked, query: [...others, [name, String(value)]] }
}

function parameterOf(asked: ProviderRequest, name: string): unknown {
  return isRecord(asked.json) ? asked.json[name] : asked.query?.find(([other]) => other === name)?.[1]
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function nextMonth(ms: number): number {
  const date = new Date(ms)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1)
}

function dayAfter(ms: number, split: 'day' | number): number {
  return floorTo(ms, dayMs) + (split === 'day' ? 1 : split) * dayMs
}
