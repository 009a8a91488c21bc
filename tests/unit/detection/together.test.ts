import { describe, expect, it } from 'vitest'
import type { Finding, OpenAlert } from '../../../electron/detection/finding.ts'
import { joinMoney } from '../../../electron/detection/together.ts'
import { hourMs } from '../../../shared/time.ts'

const nowMs = Date.parse('2026-11-23T10:00:00Z')
const finding = (identity: string, change: Partial<Finding> = {}): Finding => ({
  identity,
  rule: identity.startsWith('anomaly') ? 'anomaly' : 'velocity',
  ruleId: null,
  scope: 'account:a',
  severity: 'warning',
  steps: ['fast'],
  unsure: false,
  amountNanos: 30n,
  limitNanos: 25n,
  currency: 'USD',
  sinceMs: nowMs - hourMs,
  summary: 'spent',
  contributors: [],
  ...change,
})
const fast = finding('velocity:a:USD')
const unusual = finding('anomaly:a:USD', { steps: ['unusual'], sinceMs: nowMs - 2 * hourMs })
const open = (identity: string): OpenAlert => ({
  identity,
  rule: 'velocity',
  ruleId: null,
  scope: 'account:a',
  sinceMs: 0,
  told: [],
})
const join = (
  findings: Finding[],
  alerts: OpenAlert[] = [],
  { resolvedAtMs = null as number | null, cleared = new Map<string, string>() } = {},
) => joinMoney({ findings, cleared }, { open: alerts, resolvedAtMs: () => resolvedAtMs }, nowMs)
const identities = (findings: Finding[]) => findings.map(({ identity }) => identity)

describe('spend that is fast and unusual', () => {
  it('is one alert of velocity when both see it at once', () => {
    expect(identities(join([fast, unusual]).findings)).toEqual(['velocity:a:USD'])
  })
  it('stays the alert of who spoke first, with the evidence of the other', () => {
    const { findings } = join([{ ...fast, severity: 'critical' }, unusual], [open('anomaly:a:USD')])
    expect(findings).toMatchObject([
      {
        identity: 'anomaly:a:USD',
        rule: 'anomaly',
        severity: 'critical',
        steps: ['unusual', 'costly'],
        sinceMs: nowMs - 2 * hourMs,
      },
    ])
    expect(identities(join([fast, unusual], [open('velocity:a:USD')]).findings)).toEqual(['velocity:a:USD'])
  })
  it('is not over because one of the two thinks so', () => {
    const { cleared } = join([fast], [open('anomaly:a:USD')], { cleared: new Map([['anomaly:a:USD', 'usual again']]) })
    expect(cleared.size).toBe(0)
  })
  it('does not speak as unusual while a velocity alert is open, or was until just now', () => {
    expect(join([unusual], [open('velocity:a:USD')]).findings).toEqual([])
    expect(join([unusual], [], { resolvedAtMs: nowMs - 3 * hourMs + 1 }).findings).toEqual([])
    expect(join([unusual], [], { resolvedAtMs: nowMs - 3 * hourMs }).findings).toHaveLength(1)
  })
  it('does not speak as unusual of hours that were slept through and told', () => {
    const missed = finding('velocity:a:USD:missed:1')
    expect(identities(join([missed, unusual]).findings)).toEqual(['velocity:a:USD:missed:1'])
    expect(join([unusual], [open('velocity:a:USD:missed:1')]).findings).toEqual([])
  })
  it('is two things in two accounts or two currencies', () => {
    const other = [finding('anomaly:b:USD'), finding('anomaly:a:EUR'), finding('budget:x')]
    expect(identities(join([fast, ...other]).findings)).toEqual(['velocity:a:USD', ...identities(other)])
  })
})
