import { describe, expect, it } from 'vitest'
import { acknowledge, resolve, snooze, stepAlerts, type AlertStep } from '../../../electron/alerts/life-cycle.ts'
import type { Finding } from '../../../electron/detection/finding.ts'
import type { AlertRow } from '../../../electron/storage/alerts.ts'
import { hourMs, minuteMs } from '../../../shared/time.ts'

const you = { name: 'you', via: 'app' } as const

const start = Date.parse('2026-11-23T10:00:00Z')
const finding = (change: Partial<Finding> = {}): Finding => ({
  identity: 'budget:b:day:1',
  rule: 'budget',
  ruleId: 'b',
  scope: 'all',
  severity: 'warning',
  steps: ['80%'],
  unsure: false,
  amountNanos: 80n,
  limitNanos: 100n,
  currency: 'USD',
  sinceMs: start,
  summary: 'spent',
  contributors: [],
  ...change,
})
const velocity = (change: Partial<Finding> = {}) =>
  finding({ identity: 'velocity:a:USD', rule: 'velocity', ruleId: null, steps: ['fast'], ...change })

/** A small book of alerts: what the database does, in a map. */
function createBook() {
  const alerts = new Map<string, AlertRow>()
  let ids = 0
  const take = (steps: AlertStep[]) => {
    for (const { alert } of steps) alerts.set(alert.id, alert)
    return steps.map((step) => step.announce).filter((occasion) => occasion !== null)
  }
  const only = () => {
    const alert = [...alerts.values()].at(-1)
    if (!alert) throw new Error('no alert')
    return alert
  }
  return {
    only,
    count: () => alerts.size,
    apply: (step: AlertStep) => take([step]),
    look: (nowMs: number, findings: Finding[], cleared: [string, string][] = []) =>
      take(
        stepAlerts({
          judgement: { findings, cleared: new Map(cleared) },
          open: [...alerts.values()].filter((alert) => alert.state !== 'resolved'),
          latest: (identity) => [...alerts.values()].findLast((alert) => alert.identity === identity) ?? null,
          nowMs,
          asOfMs: nowMs,
          newId: () => `id${++ids}`,
        }),
      ),
  }
}

describe('an alert', () => {
  it('fires once, and is quiet while nothing new happens', () => {
    const book = createBook()
    expect(book.look(start, [finding()])).toEqual(['fired'])
    expect(book.look(start + minuteMs, [finding({ amountNanos: 90n })])).toEqual([])
    expect(book.only()).toMatchObject({ state: 'firing', amountNanos: 90n, toldNanos: 80n })
  })
  it('speaks anew at the next threshold, and never again at one it told', () => {
    const book = createBook()
    book.look(start, [finding()])
    expect(book.look(start + 1, [finding({ steps: ['80%', '100%'], severity: 'critical' })])).toEqual(['fired'])
    expect(book.look(start + 2, [finding({ steps: ['80%'] })])).toEqual([])
    expect(book.look(start + 3, [finding({ steps: ['80%', '100%'], severity: 'critical' })])).toEqual([])
    expect(book.count()).toBe(1)
    expect(book.only().severity).toBe('critical')
  })
  it('is updated when the money doubles', () => {
    const book = createBook()
    book.look(start, [finding()])
    expect(book.look(start + 1, [finding({ amountNanos: 159n })])).toEqual([])
    expect(book.look(start + 2, [finding({ amountNanos: 160n })])).toEqual(['grew'])
    expect(book.look(start + 3, [finding({ amountNanos: 319n })])).toEqual([])
  })
  it('waits as pending for a second look when the first is unsure', () => {
    const book = createBook()
    expect(book.look(start, [velocity({ unsure: true })])).toEqual([])
    expect(book.only().state).toBe('pending')
    expect(book.look(start + minuteMs, [velocity({ unsure: true })])).toEqual(['fired'])
  })
  it('is not sure because it was looked at twice in the same instant', () => {
    const book = createBook()
    book.look(start, [velocity({ unsure: true })])
    expect(book.look(start, [velocity({ unsure: true })])).toEqual([])
    expect(book.only().state).toBe('pending')
    expect(book.look(start, [velocity({ unsure: false })])).toEqual(['fired'])
  })
  it('that was never sure ends without a word', () => {
    const book = createBook()
    book.look(start, [velocity({ unsure: true })])
    expect(book.look(start + minuteMs, [], [['velocity:a:USD', 'slow again']])).toEqual([])
    expect(book.only().state).toBe('resolved')
  })
  it('is resolved by data and says so', () => {
    const book = createBook()
    book.look(start, [velocity()])
    expect(book.look(start + 1, [], [['velocity:a:USD', 'slow again']])).toEqual(['resolved'])
    expect(book.only()).toMatchObject({ state: 'resolved', resolvedBy: 'guard' })
  })
  it('stays open for lack of data', () => {
    const book = createBook()
    book.look(start, [velocity()])
    book.look(start + 9 * hourMs, [])
    expect(book.only().state).toBe('firing')
  })
  it('of one occasion, such as the month of a budget, does not come back for what was told', () => {
    const book = createBook()
    book.look(start, [finding({ once: true })])
    book.apply(resolve(book.only(), start + 1, you, 'by hand'))
    expect(book.look(start + 2 * hourMs, [finding({ once: true, amountNanos: 900n })])).toEqual([])
    expect(book.look(start + 3 * hourMs, [finding({ once: true, steps: ['80%', '100%'] })])).toEqual(['fired'])
  })
  it('of a rate fires again after it cleared by data', () => {
    const book = createBook()
    book.look(start, [velocity()])
    book.look(start + 1, [], [['velocity:a:USD', 'slow again']])
    expect(book.look(start + 2, [velocity()])).toEqual(['fired'])
    expect(book.count()).toBe(2)
  })
  it('of a rate keeps quiet for an hour after a person’s hand, unless the money doubles', () => {
    const book = createBook()
    book.look(start, [velocity()])
    book.apply(resolve(book.only(), start, you, 'by hand'))
    expect(book.look(start + 59 * minuteMs, [velocity()])).toEqual([])
    expect(book.look(start + 59 * minuteMs, [velocity({ amountNanos: 160n })])).toEqual(['fired'])
  })
  it('of a rate speaks up again when the hour after a person’s hand is over', () => {
    const book = createBook()
    book.look(start, [velocity()])
    book.apply(resolve(book.only(), start, you, 'by hand'))
    expect(book.look(start + hourMs - 1, [velocity({ amountNanos: 159n })])).toEqual([])
    expect(book.look(start + hourMs, [velocity()])).toEqual(['fired'])
  })
  it('of a rolling day fires again after it cleared by data, as that day has no end', () => {
    const book = createBook()
    const rolling = finding({ identity: 'budget:b:rolling24h' })
    book.look(start, [rolling])
    book.look(start + 1, [], [[rolling.identity, 'below again']])
    expect(book.look(start + 2, [rolling])).toEqual(['fired'])
  })
  it('is never milder than it was, and keeps the newest evidence', () => {
    const book = createBook()
    book.look(start, [finding({ severity: 'critical' })])
    book.look(start + 5, [finding({ severity: 'info', amountNanos: 81n, summary: 'newer' })])
    expect(book.only()).toMatchObject({
      severity: 'critical',
      amountNanos: 81n,
      summary: 'newer',
      updatedAtMs: start + 5,
    })
  })
  it('grows at twice what was told last, not at twice what it began with', () => {
    const book = createBook()
    const look = (at: number, amount: bigint) => book.look(start + at, [finding({ amountNanos: amount })])
    look(0, 80n)
    expect(look(1, 159n)).toEqual([])
    expect(look(2, 160n)).toEqual(['grew'])
    expect(look(3, 319n)).toEqual([])
    expect(look(4, 320n)).toEqual(['grew'])
  })
  it('does not grow out of nothing: twice 0 is 0', () => {
    const book = createBook()
    book.look(start, [finding({ amountNanos: 0n })])
    expect(book.look(start + 1, [finding({ amountNanos: 0n })])).toEqual([])
    expect(book.look(start + 2, [finding({ amountNanos: null })])).toEqual([])
  })
})

describe('a person', () => {
  it('who acknowledged is left alone until a new threshold', () => {
    const book = createBook()
    book.look(start, [finding()])
    expect(book.apply(acknowledge(book.only(), start, you))).toEqual(['acknowledged'])
    expect(book.look(start + 1, [finding({ amountNanos: 900n })])).toEqual([])
    expect(book.look(start + 2, [finding({ steps: ['80%', '100%'] })])).toEqual(['fired'])
  })
  it('who snoozed hears again when the time is over', () => {
    const book = createBook()
    book.look(start, [finding()])
    book.apply(snooze(book.only(), start, you, start + hourMs, null))
    expect(book.look(start + hourMs - 1, [finding()])).toEqual([])
    expect(book.look(start + hourMs, [finding()])).toEqual(['fired'])
  })
  it('who snoozed up to an amount hears again when it is reached', () => {
    const book = createBook()
    book.look(start, [finding()])
    book.apply(snooze(book.only(), start, you, start + hourMs, 200n))
    expect(book.look(start + 1, [finding({ amountNanos: 199n })])).toEqual([])
    expect(book.look(start + 2, [finding({ amountNanos: 200n })])).toEqual(['fired'])
  })
})
