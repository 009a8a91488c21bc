import { describe, expect, it } from 'vitest'
import { judgeBalances, type PrepaidMoney } from '../../../electron/detection/balances.ts'
import type { OpenAlert } from '../../../electron/detection/finding.ts'
import { dayMs, hourMs, minuteMs } from '../../../shared/time.ts'

const nowMs = Date.parse('2026-11-23T10:00:00Z')
const dollars = (amount: number) => BigInt(Math.round(amount * 1e9))
const money = (change: Partial<PrepaidMoney> = {}): PrepaidMoney => ({
  accountId: 'a',
  label: 'Twilio',
  currency: 'USD',
  leftNanos: dollars(100),
  readAtMs: nowMs - minuteMs,
  lowNanos: null,
  spentOfDayNanos: dollars(24),
  topUps: [],
  ...change,
})
const open = (identity: string): OpenAlert => ({
  identity,
  rule: 'balance',
  ruleId: null,
  scope: 'account:a',
  sinceMs: 0,
  told: [],
})
const judge = (one: PrepaidMoney, alerts: OpenAlert[] = []) => judgeBalances({ balances: [one], open: alerts, nowMs })
const low = 'balance:a:USD'
const often = 'top-ups:a:USD'

describe('prepaid money that runs out', () => {
  it('is told when it would not last another day, with how long it lasts', () => {
    expect(judge(money({ leftNanos: dollars(24) })).findings).toEqual([])
    expect(judge(money({ leftNanos: dollars(7) })).findings).toMatchObject([
      {
        identity: low,
        rule: 'balance',
        severity: 'warning',
        summary: 'Twilio has $7.00 left, which lasts for 7 hours at the pace of the last day.',
      },
    ])
  })

  it('is urgent within two hours of the end', () => {
    expect(judge(money({ leftNanos: dollars(2) })).findings[0]?.severity).toBe('warning')
    expect(judge(money({ leftNanos: dollars(1.99) })).findings[0]).toMatchObject({
      severity: 'critical',
      steps: ['low', 'nearly out'],
    })
    expect(
      judge(money({ leftNanos: dollars(-3), spentOfDayNanos: null, lowNanos: dollars(1) })).findings,
    ).toMatchObject([{ severity: 'critical', summary: 'Twilio has -$3.00 left.' }])
  })

  it('is told from where a person calls it low, whatever the pace', () => {
    const limited = (left: number) => judge(money({ leftNanos: dollars(left), lowNanos: dollars(50) })).findings
    expect(limited(50)).toEqual([])
    expect(limited(49.99)).toHaveLength(1)
  })

  it('is not told where nothing is spent, or nobody knows what', () => {
    for (const spentOfDayNanos of [0n, null])
      expect(judge(money({ leftNanos: dollars(0.01), spentOfDayNanos })).findings).toEqual([])
  })

  it('is over when there is a tenth more than that, not at the line', () => {
    const limited = (left: number) => judge(money({ leftNanos: dollars(left), lowNanos: dollars(50) }), [open(low)])
    expect(limited(54.99).findings).toHaveLength(1)
    expect(limited(55).findings).toEqual([])
    expect(limited(55).cleared.has(low)).toBe(true)
  })

  it('says nothing, and clears nothing, when the balance was not read for a day', () => {
    const judgement = judge(money({ leftNanos: 0n, readAtMs: nowMs - dayMs - 1 }), [open(low)])
    expect(judgement.findings).toEqual([])
    expect(judgement.cleared.size).toBe(0)
  })

  it('is forgotten with its account', () => {
    const judgement = judgeBalances({ balances: [], open: [open(low)], nowMs })
    expect([...judgement.cleared.keys()]).toEqual([low])
  })
})

describe('a balance that is topped up', () => {
  const topUps = (...hoursAgo: number[]) =>
    hoursAgo.map((hours) => ({ atMs: nowMs - hours * hourMs, nanos: dollars(20) })).reverse()

  it('three times within a day is told, with what it came to', () => {
    expect(judge(money({ topUps: topUps(1, 2) })).findings).toEqual([])
    expect(judge(money({ topUps: topUps(1, 2, 3) })).findings).toMatchObject([
      {
        identity: often,
        amountNanos: dollars(60),
        sinceMs: nowMs - 3 * hourMs,
        summary: 'Twilio was topped up 3 times within 24 hours, $60.00 in all; before that not once a day.',
      },
    ])
  })

  it('as often as on other days is not', () => {
    const usual = topUps(1, 5, 9, 30, 34)
    expect(judge(money({ topUps: usual })).findings).toEqual([])
    expect(judge(money({ topUps: topUps(1, 3, 5, 7, 9, 30, 34) })).findings).toHaveLength(1)
  })

  it('is over a day later', () => {
    expect(judge(money({ topUps: topUps(25, 26, 27) }), [open(often)]).cleared.has(often)).toBe(true)
  })
})
