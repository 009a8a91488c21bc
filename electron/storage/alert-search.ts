import type { AlertState, RuleKind, Severity } from '../../shared/alerts.ts'

/** Which alerts are wanted; null: whichever. */
export interface AlertSearch {
  state: AlertState | 'open' | null
  /** Each must occur somewhere in what is said of the alert, or its scope must be one of these. */
  words: readonly { word: string; scopes: readonly string[] }[]
  /** When it opened. */
  sinceMs: number | null
  untilMs: number | null
  rule: RuleKind | null
  severity: Severity | null
  scope: string | null
  /** How its id begins. */
  idStart: string | null
  /** Only what comes after this alert in the list. */
  after: string | null
  limit: number
}

export const everyAlert: AlertSearch = {
  state: null,
  words: [],
  sinceMs: null,
  untilMs: null,
  rule: null,
  severity: null,
  scope: null,
  idStart: null,
  after: null,
  limit: 1_000,
}

/** As texts are compared: SQLite's own LIKE knows no letter beyond ASCII. */
export function fold(text: unknown): string {
  return String(text).normalize('NFKC').toLowerCase()
}

/** The clauses behind `SELECT ... FROM alerts`, newest first, and their values. It needs the function `fold`. */
export function searchClauses(search: AlertSearch): { sql: string; values: Record<string, string | number> } {
  const terms: string[] = []
  const values: Record<string, string | number> = { limit: search.limit }
  const add = (term: string, name: string, value: string | number | null) => {
    if (value === null) return
    terms.push(term)
    values[name] = value
  }
  if (search.state === 'open') terms.push("state <> 'resolved'")
  else add('state = @state', 'state', search.state)
  add('opened_at_ms >= @sinceMs', 'sinceMs', search.sinceMs)
  add('opened_at_ms < @untilMs', 'untilMs', search.untilMs)
  add('rule = @rule', 'rule', search.rule)
  add('severity = @severity', 'severity', search.severity)
  add('scope = @scope', 'scope', search.scope)
  add('substr(id, 1, length(@idStart)) = @idStart', 'idStart', search.idStart)
  add('(opened_at_ms, rowid) < (SELECT opened_at_ms, rowid FROM alerts WHERE id = @after)', 'after', search.after)
  search.words.forEach(({ word, scopes }, index) => {
    terms.push(saysSomewhere(`@word${index}`, `@scopes${index}`))
    values[`word${index}`] = fold(word)
    values[`scopes${index}`] = JSON.stringify(scopes)
  })
  const where = terms.length > 0 ? `WHERE ${terms.join(' AND ')} ` : ''
  return { sql: `${where}ORDER BY opened_at_ms DESC, rowid DESC LIMIT @limit`, values }
}

function saysSomewhere(word: string, scopes: string): string {
  const holds = (text: string) => `instr(fold(${text}), ${word}) > 0`
  return `(${[
    holds("json_extract(detail, '$.summary')"),
    `scope IN (SELECT value FROM json_each(${scopes}))`,
    `EXISTS (SELECT 1 FROM json_each(detail, '$.contributors') WHERE ${holds("json_extract(value, '$.name')")})`,
    `EXISTS (SELECT 1 FROM json_each(detail, '$.causes') WHERE ${holds('value')})`,
    `EXISTS (SELECT 1 FROM alert_changes WHERE alert_id = alerts.id AND ${holds('note')})`,
    `EXISTS (SELECT 1 FROM alert_verdicts WHERE alert_id = alerts.id AND ${holds('note')})`,
  ].join(' OR ')})`
}
