import { describe, expect, it } from 'vitest'
import type { OpenAlert } from '../../../electron/detection/finding.ts'
import { judgeHealth, type AccountHealth } from '../../../electron/detection/health.ts'

const nowMs = Date.UTC(2026, 10, 18)
const account = (change: Partial<AccountHealth> = {}): AccountHealth => ({
  accountId: 'a',
  label: 'Acme',
  pausedReason: null,
  calibration: null,
  newestRatio: null,
  ...change,
})
const calibration = (ratio: number, steady = true) => ({ ratio, low: ratio, high: ratio, days: 5, steady })
const open = (rule: OpenAlert['rule'], accountId: string, sinceMs: number): OpenAlert => ({
  identity: `${rule}:${accountId}`,
  rule,
  ruleId: null,
  scope: `account:${accountId}`,
  sinceMs,
  told: [],
})
const judge = (accounts: AccountHealth[], alerts: OpenAlert[] = []) => judgeHealth({ accounts, open: alerts, nowMs })

describe('an account that is paused', () => {
  it('is told of, with the reason, since now', () => {
    expect(judge([account({ pausedReason: 'The key was refused.' })]).findings).toEqual([
      expect.objectContaining({
        identity: 'credential:a',
        rule: 'credential',
        severity: 'warning',
        sinceMs: nowMs,
        summary: 'Acme is no longer watched: The key was refused.',
      }),
    ])
  })

  it('is told of since the alert of this very account began', () => {
    const alerts = [open('credential', 'b', nowMs - 900), open('credential', 'a', nowMs - 500)]
    expect(judge([account({ pausedReason: 'No.' })], alerts).findings[0]?.sinceMs).toBe(nowMs - 500)
    expect(judge([account({ pausedReason: 'No.' })], alerts.slice(0, 1)).findings[0]?.sinceMs).toBe(nowMs)
  })

  it('is over when it is read again', () => {
    const judgement = judge([account()], [open('credential', 'a', nowMs)])
    expect(judgement.findings).toEqual([])
    expect(judgement.cleared.get('credential:a')).toBe('The account is being read again.')
  })
})

describe('a bill that prices do not explain', () => {
  it.each([
    [1.5, 0],
    [1.51, 1],
    [0.67, 0],
    [0.66, 1],
    [1, 0],
  ])('is told of from half as much again, in either direction: %f', (ratio, findings) => {
    const judgement = judge([account({ calibration: calibration(ratio) })])
    expect(judgement.findings.map((finding) => finding.rule)).toEqual(Array(findings).fill('calibration'))
    expect(judgement.cleared.has('calibration:a')).toBe(findings === 0)
  })

  it('says how far they are apart', () => {
    expect(judge([account({ calibration: calibration(2.345) })]).findings[0]).toMatchObject({
      identity: 'calibration:a',
      severity: 'warning',
      summary: expect.stringContaining('2.35 times') as string,
    })
  })

  it('is neither told of nor over while the ratio is not steady or not known', () => {
    for (const one of [null, calibration(3, false)]) {
      const judgement = judge([account({ calibration: one })], [open('calibration', 'a', nowMs)])
      expect(judgement.findings).toEqual([])
      expect(judgement.cleared.has('calibration:a')).toBe(false)
    }
  })
})

describe('a newest billed day that is far off', () => {
  it('is a calm note, until more days say the same', () => {
    expect(judge([account({ newestRatio: 4.5, calibration: calibration(1) })]).findings[0]).toMatchObject({
      identity: 'calibration:a',
      severity: 'info',
      steps: ['newest day'],
      summary: expect.stringContaining('4.50 times') as string,
    })
    expect(judge([account({ newestRatio: 4.5, calibration: calibration(4.5) })]).findings).toMatchObject([
      { severity: 'warning', steps: ['drift'] },
    ])
    expect(judge([account({ newestRatio: 4.5 })]).findings).toHaveLength(1)
  })
  it('is over with the next day that is as expected', () => {
    const told = [open('calibration', 'a', nowMs)]
    expect(judge([account({ newestRatio: 1.5 })], told).cleared.has('calibration:a')).toBe(true)
    expect(judge([account({ newestRatio: 0.66 })], told).cleared.has('calibration:a')).toBe(false)
  })
})

describe('an account that was removed', () => {
  it('takes its own alerts along, and no other', () => {
    const { cleared } = judge(
      [account({ accountId: 'kept' })],
      [
        open('credential', 'a', nowMs),
        open('calibration', 'a', nowMs),
        open('calibration', 'kept', nowMs),
        { ...open('velocity', 'a', nowMs) },
      ],
    )
    expect(
      [...cleared].filter(([, reason]) => reason === 'The account was removed.').map(([identity]) => identity),
    ).toEqual(['credential:a', 'calibration:a'])
  })
})
