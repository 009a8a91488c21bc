import { expect, it } from 'vitest'
import { createAlertsTable, type AlertRow } from '../../../electron/storage/alerts.ts'
import { openDatabase } from '../../../electron/storage/database.ts'
import { hourMs, minuteMs } from '../../../shared/time.ts'
import { createTestSystem } from '../../fakes/system.ts'

const nowMs = Date.UTC(2026, 10, 23, 10)
const alert = (change: Partial<AlertRow> = {}): AlertRow => ({
  id: 'a',
  identity: 'silent:x',
  state: 'firing',
  severity: 'info',
  rule: 'blind',
  ruleId: null,
  scope: 'account:x',
  openedAtMs: nowMs,
  updatedAtMs: nowMs,
  firedAtMs: nowMs,
  resolvedAtMs: null,
  snoozedUntilMs: null,
  snoozedUntilNanos: null,
  amountNanos: 5n,
  toldNanos: null,
  told: ['silent'],
  sinceMs: nowMs,
  limitNanos: null,
  currency: 'USD',
  summary: 'Nothing.',
  contributors: [],
  pattern: null,
  causes: [],
  asOfMs: nowMs,
  resolvedBy: null,
  ...change,
})

function stage() {
  const { dataDir } = createTestSystem()
  const opened = openDatabase(dataDir, nowMs)
  if (!opened.ok) throw new Error(opened.failure.message)
  const { db } = opened.value
  const table = createAlertsTable(db)
  const changes = () => Number(db.prepare('SELECT total_changes()').pluck().get())
  const writes = (one: AlertRow) => {
    const before = changes()
    table.save(one)
    return changes() - before
  }
  return { table, writes, again: () => createAlertsTable(db) }
}
const later = (ms: number, change: Partial<AlertRow> = {}) =>
  alert({ updatedAtMs: nowMs + ms, asOfMs: nowMs + ms, ...change })

it('an alert that was looked at and is what it was is not written, and still as fresh as it is', () => {
  const { table, writes } = stage()
  expect(writes(alert())).toBe(1)
  expect(writes(later(minuteMs))).toBe(0)
  expect(table.get('a')).toMatchObject({ updatedAtMs: nowMs + minuteMs, asOfMs: nowMs + minuteMs })
  expect(table.open()[0]?.updatedAtMs).toBe(nowMs + minuteMs)
})

it('an alert is written when anything else of it changes, and once an hour', () => {
  const { writes, again } = stage()
  writes(alert())
  expect(writes(later(minuteMs, { amountNanos: 6n }))).toBe(1)
  expect(writes(later(2 * minuteMs, { amountNanos: 6n }))).toBe(0)
  expect(writes(later(minuteMs + hourMs, { amountNanos: 6n }))).toBe(1)
  expect(again().get('a')).toMatchObject({ updatedAtMs: nowMs + minuteMs + hourMs, amountNanos: 6n })
})

it('an alert that is resolved is written as it ended', () => {
  const { table, writes } = stage()
  writes(alert())
  writes(later(minuteMs))
  expect(writes(later(2 * minuteMs, { state: 'resolved', resolvedAtMs: nowMs + 2 * minuteMs }))).toBe(1)
  expect(table.get('a')).toMatchObject({ state: 'resolved', updatedAtMs: nowMs + 2 * minuteMs })
})

it('an alert of a transaction that was rolled back is written again', () => {
  const { table, writes } = stage()
  writes(alert())
  table.forget()
  expect(writes(later(minuteMs))).toBe(1)
})

it('an alert of a sum that is larger than a column is kept with the largest that one holds', () => {
  const { table, again } = stage()
  const [much, most] = [10n ** 20n, 9_223_372_036_854_775_807n]
  table.save(alert({ amountNanos: much, toldNanos: -much, limitNanos: much }))
  expect(again().get('a')).toMatchObject({ amountNanos: most, toldNanos: -most, limitNanos: much })
})
