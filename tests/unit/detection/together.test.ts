import { describe, expect, it } from 'vitest'
import type { Finding, OpenAlert } from '../../../electron/detection/finding.ts'
import { joinAccounts, joinMoney } from '../../../electron/detection/together.ts'
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

describe('accounts that rise together', () => {
  const other = finding('anomaly:b:USD', {
    steps: ['unusual', 'costly'],
    severity: 'critical',
    amountNanos: 70n,
    summary: 'and spent',
    contributors: [{ dimension: 'model', name: 'big', nanos: 60n }],
  })
  const mine = { ...fast, contributors: [{ dimension: 'model' as const, name: 'small', nanos: 20n }] }
  const at = (identity: string, sinceMs: number): OpenAlert => ({ ...open(identity), sinceMs })

  it('are one alert, with the money of both and the worse severity', () => {
    const { findings } = joinAccounts({ findings: [mine, other], cleared: new Map() }, [])
    expect(findings).toMatchObject([
      { identity: 'velocity:a:USD', scope: 'all', severity: 'critical', amountNanos: 100n, summary: 'spent and spent' },
    ])
    expect(findings[0]?.contributors.map(({ name }) => name)).toEqual(['big', 'small'])
  })
  it('belong to the alert that is open already', () => {
    const { findings } = joinAccounts({ findings: [other, mine], cleared: new Map() }, [
      at('velocity:a:USD', nowMs - hourMs),
    ])
    expect(identities(findings)).toEqual(['velocity:a:USD'])
    expect(findings[0]?.summary).toBe('spent and spent')
  })
  it('keep that alert open while one of them goes on', () => {
    const cleared = new Map([['velocity:a:USD', 'slow again']])
    const joined = joinAccounts({ findings: [other], cleared }, [at('velocity:a:USD', nowMs - hourMs)])
    expect(identities(joined.findings)).toEqual(['velocity:a:USD'])
    expect(joined.cleared.size).toBe(0)
  })
  it('are two alerts when one began more than an hour after the other', () => {
    const late = joinAccounts({ findings: [mine, other], cleared: new Map() }, [
      at('velocity:a:USD', nowMs - 2 * hourMs - 1),
    ])
    expect(identities(late.findings)).toEqual(['velocity:a:USD', 'anomaly:b:USD'])
  })
  it('leave budgets and hours that were slept through alone', () => {
    const findings = [mine, finding('budget:x:day:1', { rule: 'budget' }), finding('velocity:b:USD:missed:1')]
    expect(joinAccounts({ findings, cleared: new Map() }, []).findings).toHaveLength(3)
  })
  it('never add up currencies', () => {
    const { findings } = joinAccounts({ findings: [mine, { ...other, currency: 'EUR' }], cleared: new Map() }, [])
    expect(findings[0]).toMatchObject({ amountNanos: 30n, currency: 'USD' })
  })
})
