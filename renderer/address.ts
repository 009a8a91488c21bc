import { alertStates, ruleKinds, severities, type AlertState, type RuleKind, type Severity } from '../shared/alerts.ts'
import { dashboardHref, parseDashboardQuery, type DashboardQuery } from './dashboard-query.ts'

/** Where the page is and how to move; the browser's own location, or a plain object in tests. */
export interface Address {
  read(): { search: string; hash: string }
  go(hash: string): void
  /** Like `go`, without a step in the history. */
  replace(hash: string): void
  listen(listener: () => void): () => void
}

export const settingsSections = [
  'accounts',
  'budgets',
  'channels',
  'routing',
  'general',
  'appearance',
  'data',
  'about',
] as const
export type SettingsSection = (typeof settingsSections)[number]

export const ranges = [7, 30, 90] as const
export type RangeDays = (typeof ranges)[number]

/** Which alerts are looked for; null: whichever. */
export interface AlertFilter {
  search: string
  state: AlertState | null
  rule: RuleKind | null
  severity: Severity | null
  days: RangeDays | null
}

export const anyAlert: AlertFilter = { search: '', state: null, rule: null, severity: null, days: null }

/** Null: all there are. */
export type MetricDays = 30 | 90 | null

export type Route =
  | { view: 'dashboard'; query: DashboardQuery }
  | { view: 'alerts'; list: 'open' | 'all'; filter?: AlertFilter }
  | { view: 'metrics'; days: MetricDays }
  | { view: 'alert'; id: string }
  | { view: 'settings'; section: SettingsSection }
  | { view: 'onboarding' }
  | { view: 'popover' }

/** Reads an address; what it does not know becomes the nearest thing it does. */
export function parseRoute({ search, hash }: { search: string; hash: string }): Route {
  if (new URLSearchParams(search).get('view') === 'popover') return { view: 'popover' }
  const [path = '', queryText = ''] = hash.replace(/^#\/?/, '').split('?')
  const query = new URLSearchParams(queryText)
  const [first = '', second] = path.split('/')
  switch (first) {
    case 'alerts':
      // Ids of alerts are never a word.
      if (second === 'metrics') return { view: 'metrics', days: parseMetricDays(query.get('days')) }
      if (second) return { view: 'alert', id: decoded(second) }
      return { view: 'alerts', list: query.get('list') === 'all' ? 'all' : 'open', ...parseAlertFilter(query) }
    case 'settings':
      return { view: 'settings', section: settingsSections.find((known) => known === second) ?? 'accounts' }
    case 'onboarding':
      return { view: 'onboarding' }
    default:
      return { view: 'dashboard', query: parseDashboardQuery(query) }
  }
}

/** As it stands where it is no encoded text: that names no alert, and the page says so. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function parseMetricDays(text: string | null): MetricDays {
  return text === 'all' ? null : text === '90' ? 90 : 30
}

/** No filter at all where nothing is looked for. */
function parseAlertFilter(query: URLSearchParams): { filter?: AlertFilter } {
  const one = <T extends string>(known: readonly T[], name: string) =>
    known.find((each) => each === query.get(name)) ?? null
  const filter: AlertFilter = {
    search: query.get('q') ?? '',
    state: one(alertStates, 'state'),
    rule: one(ruleKinds, 'rule'),
    severity: one(severities, 'severity'),
    days: ranges.find((known) => String(known) === query.get('days')) ?? null,
  }
  return Object.values(filter).some((value) => value !== null && value !== '') ? { filter } : {}
}

function alertsHref(list: 'open' | 'all', filter: AlertFilter | undefined): string {
  const { search, ...others } = filter ?? { search: '' }
  const query = new URLSearchParams(list === 'all' ? { list } : {})
  if (search) query.set('q', search)
  for (const [name, value] of Object.entries(others)) if (value !== null) query.set(name, String(value))
  const text = query.toString()
  return text ? `#/alerts?${text}` : '#/alerts'
}

/** The fragment of a route: what goes into a link. */
export function hrefOf(route: Exclude<Route, { view: 'popover' }>): string {
  switch (route.view) {
    case 'dashboard':
      return dashboardHref(route.query)
    case 'alerts':
      return alertsHref(route.list, route.filter)
    case 'metrics':
      return `#/alerts/metrics?days=${route.days ?? 'all'}`
    case 'alert':
      return `#/alerts/${encodeURIComponent(route.id)}`
    case 'settings':
      return `#/settings/${route.section}`
    case 'onboarding':
      return '#/onboarding'
    default:
      return route satisfies never
  }
}
