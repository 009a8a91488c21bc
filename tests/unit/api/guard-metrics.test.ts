import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { metricsText } from '../../../electron/api/metrics.ts'
import { measure } from '../../../electron/metrics/measure.ts'
import { spreadOf } from '../../../electron/metrics/spread.ts'
import type { GuardMetrics } from '../../../shared/guard-metrics.ts'
import type { Status } from '../../../shared/spend.ts'
import { parseExposition } from './exposition.ts'

const at = '2026-11-18T15:20:00.000Z'
const status: Status = {
  at,
  zone: 'UTC',
  today: [{ currency: 'USD', effective: '12.5', billed: null, estimate: '12.5' }],
  month: [],
  display: null,
  burnPerHour: [],
  budgets: [],
  accounts: [],
  alerts: [],
  notices: [],
  pause: null,
}
const nothing: GuardMetrics = {
  from: null,
  to: at,
  ...measure([], { named: () => null }, { fromMs: null, nowMs: 0 }),
  prevented: { measured: [], alerts: 0, undecided: 0, reported: [] },
}
const channel = { channel: 'Ops', kind: 'discord', delivered: 7, failed: 1, open: 2, success: 0.875 }
const busy: GuardMetrics = {
  ...nothing,
  fired: [
    { rule: 'velocity', severity: 'warning', count: 2 },
    { rule: 'velocity', severity: 'critical', count: 1 },
  ],
  timeToAlert: { sinceItBegan: spreadOf([250, 61_500, 200_000_000]), sinceItShowed: spreadOf([]) },
  deliveries: [
    { ...channel, channelId: 'a"b\\c\nd', latency: spreadOf([900, 1_100]) },
    { ...channel, channelId: 'gone', channel: null, kind: null, latency: spreadOf([]) },
  ],
  prevented: {
    measured: [{ currency: 'USD', amount: '1204.000000001' }],
    alerts: 1,
    undecided: 0,
    reported: [{ currency: 'EUR', amount: '40' }],
  },
}
const families = (metrics: GuardMetrics) => parseExposition(metricsText(status, metrics))
const family = (metrics: GuardMetrics, name: string) => {
  const found = families(metrics).find((one) => one.name === `spend_guard_${name}`)
  if (!found) throw new Error(`no ${name}`)
  return found
}

describe('what Prometheus reads of the guard itself', () => {
  it('can be read, whatever a channel is called, and has a help and a type for all of it', () => {
    for (const metrics of [nothing, busy])
      for (const { name, type, help } of families(metrics)) {
        expect(help.length).toBeGreaterThan(10)
        expect(name.endsWith('_total')).toBe(type === 'counter')
        if (type === 'histogram') expect(name).toMatch(/_seconds$/)
      }
    const labels = family(busy, 'messages_open').samples.map((sample) => sample.labels)
    expect(labels).toEqual([
      { channel: 'a"b\\c\nd', kind: 'discord' },
      { channel: 'gone', kind: 'removed' },
    ])
  })

  it('has histograms whose buckets only grow up to the count', () => {
    for (const { type, name, samples } of families(busy)) {
      if (type !== 'histogram') continue
      const series = Map.groupBy(samples, ({ labels: { le: _le, ...labels } }) => JSON.stringify(labels))
      for (const one of series.values()) {
        const buckets = one.filter((sample) => sample.name === `${name}_bucket`)
        const bounds = buckets.map(({ labels }) => (labels['le'] === '+Inf' ? Infinity : Number(labels['le'])))
        expect(bounds).toEqual(bounds.toSorted((a, b) => a - b))
        expect(bounds.at(-1)).toBe(Infinity)
        const counts = buckets.map(({ value }) => value)
        expect(counts).toEqual(counts.toSorted((a, b) => a - b))
        expect(one.find((sample) => sample.name === `${name}_count`)?.value).toBe(counts.at(-1))
      }
    }
    const [first] = family(busy, 'time_to_alert_seconds').samples
    expect(first).toMatchObject({ labels: { since: 'began', le: '1' }, value: 1 })
    const sum = family(busy, 'time_to_alert_seconds').samples.find(({ name }) => name.endsWith('_sum'))
    expect(sum?.value).toBe(200_061.75)
  })

  it('counts by rule, because the severity of an alert may rise and a counter must not fall', () => {
    expect(family(busy, 'alerts_fired_total').samples).toEqual([
      { name: 'spend_guard_alerts_fired_total', labels: { rule: 'velocity' }, value: 3 },
    ])
  })

  it('has no sample of money that nobody measured', () => {
    expect(family(nothing, 'prevented').samples).toEqual([])
    expect(family(busy, 'prevented').samples.map(({ labels }) => labels)).toEqual([
      { by: 'measured', currency: 'USD' },
      { by: 'reported', currency: 'EUR' },
    ])
    expect(metricsText(status, busy)).toContain('{by="measured",currency="USD"} 1204.000000001\n')
  })

  it('is described, name by name, in the page about it', () => {
    const page = readFileSync(new URL('../../../docs/observability.md', import.meta.url), 'utf8')
    const described = new Set([...page.matchAll(/^\| `(spend_guard_\w+)`/gm)].map(([, name]) => name))
    expect([...described].toSorted()).toEqual(
      families(busy)
        .map(({ name }) => name)
        .toSorted(),
    )
  })
})
