import { z } from 'zod'
import {
  alertStates,
  patterns,
  ruleKinds,
  severity,
  type AlertState,
  type Pattern,
  type RuleKind,
  type Severity,
  type Via,
} from '../../shared/alerts.ts'
import { isStorable, largestNanos } from '../../shared/money.ts'
import type { Contribution } from '../detection/finding.ts'
import { fold, searchClauses, type AlertSearch } from './alert-search.ts'
import type { Db } from './database.ts'

/** An alert as it is kept. `told` holds the steps that were announced; they are never announced again. */
export interface AlertRow {
  id: string
  identity: string
  state: AlertState
  severity: Severity
  rule: RuleKind
  ruleId: string | null
  scope: string
  openedAtMs: number
  updatedAtMs: number
  /** When it last began to fire, or fired anew: the clock of its escalation. Null while it is not sure. */
  firedAtMs: number | null
  resolvedAtMs: number | null
  snoozedUntilMs: number | null
  snoozedUntilNanos: bigint | null
  amountNanos: bigint | null
  /** The amount that was last announced. */
  toldNanos: bigint | null
  told: string[]
  sinceMs: number
  limitNanos: bigint | null
  currency: string
  summary: string
  contributors: Contribution[]
  pattern: Pattern | null
  causes: string[]
  asOfMs: number | null
  /** Who resolved it: a person, or the data. Null while open. */
  resolvedBy: string | null
}

export interface AlertChangeRow {
  alertId: string
  atMs: number
  state: AlertState
  actor: string
  /** From where it was done. */
  via: Via
  note: string
  /** What the rule went by; null where a person did it. */
  saw: Seen | null
}

/** The data behind one change, as it was then: the alert itself moves on. */
export type Seen = Pick<
  AlertRow,
  'severity' | 'amountNanos' | 'limitNanos' | 'currency' | 'sinceMs' | 'asOfMs' | 'contributors' | 'pattern' | 'causes'
> & {
  /** What was crossed that had not been told before. */
  newSteps: string[]
}

export type AlertsTable = ReturnType<typeof createAlertsTable>

const nanosText = z.string().transform((text) => BigInt(text))
const contributors = z.array(
  z.object({
    dimension: z.enum(['provider', 'account', 'model', 'project', 'key']),
    name: z.string(),
    nanos: nanosText,
  }),
)
const detail = z.object({
  sinceMs: z.number(),
  limitNanos: nanosText.nullable(),
  currency: z.string(),
  summary: z.string(),
  contributors,
  // Not there before it was known.
  pattern: z.enum(patterns).nullable().default(null),
  causes: z.array(z.string()).default([]),
  asOfMs: z.number().nullable(),
  resolvedBy: z.string().nullable(),
})
const seen = z.object({
  severity,
  amountNanos: nanosText.nullable(),
  limitNanos: nanosText.nullable(),
  currency: z.string(),
  sinceMs: z.number(),
  asOfMs: z.number().nullable(),
  contributors,
  pattern: z.enum(patterns).nullable(),
  causes: z.array(z.string()),
  newSteps: z.array(z.string()),
})
const number = z.bigint().transform(Number)
const stored = z.object({
  id: z.string(),
  identity: z.string(),
  state: z.enum(alertStates),
  severity,
  rule: z.enum(ruleKinds),
  ruleId: z.string().nullable(),
  scope: z.string(),
  openedAtMs: number,
  updatedAtMs: number,
  firedAtMs: number.nullable(),
  resolvedAtMs: number.nullable(),
  snoozedUntilMs: number.nullable(),
  snoozedUntilNanos: z.bigint().nullable(),
  amountNanos: z.bigint().nullable(),
  toldNanos: z.bigint().nullable(),
  told: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
  detail: z.string().transform((text) => detail.parse(JSON.parse(text))),
})

const columns = `id, identity, state, severity, rule, rule_id AS ruleId, scope, opened_at_ms AS openedAtMs,
  updated_at_ms AS updatedAtMs, fired_at_ms AS firedAtMs, resolved_at_ms AS resolvedAtMs, snoozed_until_ms AS snoozedUntilMs,
  snoozed_until_nanos AS snoozedUntilNanos, amount_nanos AS amountNanos, told_nanos AS toldNanos, told, detail`

/** How old the written-down "looked at" of an open alert may get while nothing else of it changes. */
const flushEveryMs = 60 * 60_000

export function createAlertsTable(db: Db) {
  db.function('fold', { deterministic: true }, fold)
  /** Of open alerts: what was written last, and when they were looked at since. */
  const fresh = new Map<string, { text: string; writtenAtMs: number; updatedAtMs: number; asOfMs: number | null }>()
  const read = (row: unknown): AlertRow => {
    const { detail: facts, ...alert } = stored.parse(row)
    const { updatedAtMs = alert.updatedAtMs, asOfMs = facts.asOfMs } = fresh.get(alert.id) ?? {}
    return { ...alert, ...facts, updatedAtMs, asOfMs }
  }
  const select = (rest: string) => db.prepare(`SELECT ${columns} FROM alerts ${rest}`).safeIntegers()
  const open = select("WHERE state <> 'resolved' ORDER BY opened_at_ms")
  const get = select('WHERE id = ?')
  const latest = select('WHERE identity = ? ORDER BY opened_at_ms DESC, rowid DESC LIMIT 1')
  /** Every look at spend asks for the open ones; they are read once. */
  let kept: Map<string, AlertRow> | null = null
  const openRows = () =>
    (kept ??= new Map(
      open
        .all()
        .map(read)
        .map((alert) => [alert.id, alert]),
    ))
  const save =
    db.prepare(`INSERT INTO alerts (id, identity, state, severity, rule, rule_id, scope, opened_at_ms, updated_at_ms,
      fired_at_ms, resolved_at_ms, snoozed_until_ms, snoozed_until_nanos, amount_nanos, told_nanos, told, detail)
    VALUES (@id, @identity, @state, @severity, @rule, @ruleId, @scope, @openedAtMs, @updatedAtMs, @firedAtMs, @resolvedAtMs,
      @snoozedUntilMs, @snoozedUntilNanos, @amountNanos, @toldNanos, @told, @detail)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, severity = excluded.severity, updated_at_ms = excluded.updated_at_ms,
      fired_at_ms = excluded.fired_at_ms, resolved_at_ms = excluded.resolved_at_ms, snoozed_until_ms = excluded.snoozed_until_ms,
      snoozed_until_nanos = excluded.snoozed_until_nanos, amount_nanos = excluded.amount_nanos,
      told_nanos = excluded.told_nanos, told = excluded.told, detail = excluded.detail`)
  const rewind = (['opened_at_ms', 'updated_at_ms', 'fired_at_ms', 'resolved_at_ms'] as const).map((column) =>
    db.prepare(`UPDATE alerts SET ${column} = MIN(@nowMs, ${column} - @byMs) WHERE ${column} > @nowMs`),
  )
  const rewindSnoozes = db.prepare(
    'UPDATE alerts SET snoozed_until_ms = snoozed_until_ms - @byMs WHERE snoozed_until_ms > @nowMs + @byMs',
  )
  const addChange = db.prepare(`INSERT INTO alert_changes (alert_id, at_ms, state, actor, via, note, saw)
    VALUES (@alertId, @atMs, @state, @actor, @via, @note, @saw)`)
  const scopes = db.prepare('SELECT DISTINCT scope FROM alerts').pluck()
  const changes = db.prepare(`SELECT alert_id AS alertId, at_ms AS atMs, state, actor, via, note, saw FROM alert_changes
    WHERE alert_id = ? ORDER BY rowid`)
  return {
    /** Oldest first. */
    open: (): AlertRow[] => [...openRows().values()],
    get: (id: string): AlertRow | null => {
      const row = get.get(id)
      return row ? read(row) : null
    },
    /** The newest alert of an identity, whatever its state: it knows what was told already. */
    latest: (identity: string): AlertRow | null => {
      const row = latest.get(identity)
      return row ? read(row) : null
    },
    /** Newest first. */
    find: (search: AlertSearch): AlertRow[] => {
      const { sql, values } = searchClauses(search)
      return select(sql).all(values).map(read)
    },
    scopes: (): string[] => scopes.all() as string[],
    /** An open alert is looked at with every poll, and mostly nothing is new: then that is all that is noted. */
    save: (alert: AlertRow): void => {
      if (alert.state === 'resolved') kept?.delete(alert.id)
      else kept?.set(alert.id, alert)
      const { updatedAtMs, asOfMs: lookedToMs, ...rest } = alert
      const text = textOf(rest)
      const before = fresh.get(alert.id)
      const writtenAtMs = before?.text === text ? before.writtenAtMs : -Infinity
      const isWritten = Math.abs(updatedAtMs - writtenAtMs) < flushEveryMs
      if (alert.state === 'resolved') fresh.delete(alert.id)
      else
        fresh.set(alert.id, {
          text,
          updatedAtMs,
          asOfMs: lookedToMs,
          writtenAtMs: isWritten ? writtenAtMs : updatedAtMs,
        })
      if (isWritten && alert.state !== 'resolved') return
      const {
        sinceMs,
        limitNanos,
        currency,
        summary,
        contributors,
        pattern,
        causes,
        asOfMs,
        resolvedBy,
        told,
        ...row
      } = alert
      const facts = { sinceMs, limitNanos, currency, summary, contributors, pattern, causes, asOfMs, resolvedBy }
      save.run({
        ...row,
        amountNanos: bounded(row.amountNanos),
        toldNanos: bounded(row.toldNanos),
        told: JSON.stringify(told),
        detail: textOf(facts),
      })
    },
    /** A transaction was rolled back: what was noted of it is wrong. */
    forget(): void {
      fresh.clear()
      kept = null
    },
    /** What a clock that ran ahead noted is moved to when it was; a snooze ends early rather than late. */
    rewind(nowMs: number, byMs: number): void {
      for (const times of rewind) times.run({ nowMs, byMs })
      rewindSnoozes.run({ nowMs, byMs })
    },
    addChange: ({ saw, ...change }: AlertChangeRow) => void addChange.run({ ...change, saw: saw && textOf(saw) }),
    changes: (alertId: string): AlertChangeRow[] =>
      (changes.all(alertId) as (Omit<AlertChangeRow, 'saw'> & { saw: string | null })[]).map(({ saw, ...change }) => ({
        ...change,
        saw: saw === null ? null : seen.parse(JSON.parse(saw)),
      })),
  }
}

function textOf(facts: object): string {
  return JSON.stringify(facts, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
}

/** An alert of a sum that is larger than a column holds is kept with the largest that it does. */
function bounded(nanos: bigint | null): bigint | null {
  if (nanos === null || isStorable(nanos)) return nanos
  return nanos > 0n ? largestNanos : -largestNanos
}
