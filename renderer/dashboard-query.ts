import { formatScope, parseScope, type ScopeKind } from '../shared/scope.ts'
import { nearestDay } from '../shared/time.ts'

/** Ranges that move on with the time. */
export const rangeNames = ['today', '24h', '7d', '30d', '90d', 'month', 'last-month', 'year'] as const
export type RangeName = (typeof rangeNames)[number]

/** Calendar days, both part of it. */
export interface DaySpan {
  from: string
  to: string
}

export type DashboardRange = RangeName | DaySpan

export const stackings = [
  'provider',
  'account',
  'workspace',
  'project',
  'model',
  'key',
] as const satisfies readonly Exclude<ScopeKind, 'all'>[]
export type Stacking = (typeof stackings)[number]

/** What the dashboard shows; all of it is in the address, so that a view can be sent to somebody. */
export interface DashboardQuery {
  range: DashboardRange
  /** Only the spend in these scopes. */
  scopes: readonly string[]
  /** What the chart is stacked by, and what the table beside it is split by. */
  by: Stacking
  split: Stacking
  /** Each step by itself, or all up to it. */
  chart: 'steps' | 'total'
  /** Of several currencies the one that is drawn; null: the first. */
  currency: string | null
  /** The range that was looked into, to go back to. */
  up: DashboardRange | null
}

export const plainQuery: DashboardQuery = {
  range: '30d',
  scopes: [],
  by: 'provider',
  split: 'model',
  chart: 'steps',
  currency: null,
  up: null,
}

const mostScopes = 20

/** Reads the query of an address; what it does not know becomes the nearest thing it does. */
export function parseDashboardQuery(query: URLSearchParams): DashboardQuery {
  const stacking = (name: 'by' | 'split') => stackings.find((known) => known === query.get(name)) ?? plainQuery[name]
  const range = parseRange(query.get('range') ?? '') ?? plainQuery.range
  return {
    range,
    scopes: parseScopes(query.getAll('scope')),
    by: stacking('by'),
    split: stacking('split'),
    chart: query.get('chart') === 'total' ? 'total' : 'steps',
    currency: /^[A-Z]{3}$/.test(query.get('currency') ?? '') ? query.get('currency') : null,
    up: parseRange(query.get('up') ?? ''),
  }
}

/** Only what differs from the plain dashboard. */
export function dashboardHref(query: DashboardQuery): string {
  const text = new URLSearchParams()
  const range = formatRange(query.range)
  if (range !== plainQuery.range) text.set('range', range)
  for (const scope of query.scopes) text.append('scope', scope)
  for (const name of ['by', 'split', 'chart'] as const)
    if (query[name] !== plainQuery[name]) text.set(name, query[name])
  if (query.currency !== null) text.set('currency', query.currency)
  if (query.up !== null) text.set('up', formatRange(query.up))
  // Colons and dots need no escape in a fragment, and people read addresses.
  return text.size > 0 ? `#/?${text.toString().replaceAll('%3A', ':')}` : '#/'
}

export function formatRange(range: DashboardRange): string {
  if (typeof range === 'string') return range
  return range.from === range.to ? range.from : `${range.from}..${range.to}`
}

const dayCounts = { today: 1, '7d': 7, '30d': 30, '90d': 90 } as const satisfies Partial<Record<RangeName, number>>

/** `30d`, `month`, `2026-11-20` or `2026-11-01..2026-11-20`; null for nothing of the kind. */
function parseRange(text: string): DashboardRange | null {
  const name = rangeNames.find((known) => known === text)
  if (name) return name
  const days = text.split('..').map(nearestDay)
  const [from, to = from] = days
  if (days.length <= 2 && from && to) return from <= to ? { from, to } : { from: to, to: from }
  const count = /^(\d+)d?$/.exec(text)?.[1]
  return count === undefined ? null : nearestCount(Number(count))
}

function nearestCount(days: number): RangeName {
  const names = Object.keys(dayCounts) as (keyof typeof dayCounts)[]
  return names.reduce((best, name) =>
    Math.abs(dayCounts[name] - days) < Math.abs(dayCounts[best] - days) ? name : best,
  )
}

function parseScopes(texts: readonly string[]): string[] {
  const scopes = texts.flatMap((text) => {
    const scope = parseScope(text)
    return scope && scope.kind !== 'all' ? [formatScope(scope)] : []
  })
  return [...new Set(scopes)].slice(0, mostScopes)
}

/** With one scope more. What is stacked or split by that very dimension would be one colour: it goes one further. */
export function withScope(query: DashboardQuery, scope: string): DashboardQuery {
  const kind = parseScope(scope)?.kind
  const other = (by: Stacking) => (by === kind ? within[by] : by)
  return {
    ...query,
    scopes: query.scopes.includes(scope) ? query.scopes : [...query.scopes, scope],
    by: other(query.by),
    split: other(query.split),
  }
}

/** What one asks next of a part of the spend. */
const within: Record<Stacking, Stacking> = {
  provider: 'model',
  account: 'model',
  workspace: 'account',
  project: 'model',
  model: 'key',
  key: 'model',
}

export function withoutScope(query: DashboardQuery, scope: string): DashboardQuery {
  return { ...query, scopes: query.scopes.filter((one) => one !== scope) }
}

/** Into a step of the chart. The way back is the range that was shown. */
export function into(query: DashboardQuery, span: DaySpan): DashboardQuery {
  return { ...query, range: span, up: query.range }
}

/** Another range of the same, without a way back. */
export function rangeLink(query: DashboardQuery, range: DashboardRange): DashboardQuery {
  return { ...query, range, up: null }
}
