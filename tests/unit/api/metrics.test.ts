import { describe, expect, it } from 'vitest'
import { metricsText } from '../../../electron/api/metrics.ts'
import type { Status } from '../../../shared/spend.ts'

const at = '2026-11-18T15:20:00.000Z'
const empty: Status = {
  at,
  zone: 'UTC',
  today: [],
  month: [],
  display: null,
  burnPerHour: [],
  budgets: [],
  accounts: [],
  alerts: [],
  notices: [],
  pause: null,
}
const account: Status['accounts'][number] = {
  id: 'a1',
  provider: 'openai',
  label: 'Acme',
  workspace: null,
  state: 'ok',
  asOf: at,
  failure: null,
  fill: null,
  calibration: null,
  unpricedModels: [],
}
const samples = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))

describe('metrics', () => {
  it('has no sample for what is unknown, because that is not 0', () => {
    const text = metricsText({
      ...empty,
      today: [{ currency: 'USD', effective: null, billed: null, estimate: null }],
      burnPerHour: [{ currency: 'USD', amount: null }],
      accounts: [{ ...account, state: 'new', asOf: null }],
      budgets: [
        {
          id: 'b',
          scope: 'all',
          period: 'day',
          limit: '100',
          spent: null,
          currency: 'USD',
          state: 'unknown',
          from: at,
          to: at,
          zone: 'UTC',
          outlook: null,
          exchanges: [],
          missing: [],
        },
      ],
    })
    expect(samples(text).filter((line) => !line.includes('alerts_open'))).toEqual([
      'spend_guard_budget_limit{budget="b",scope="all",currency="USD"} 100',
      'spend_guard_account_ok{account="a1",provider="openai"} 0',
      'spend_guard_paused 0',
    ])
  })

  it('gives amounts exactly as they are known', () => {
    const text = metricsText({
      ...empty,
      today: [
        { currency: 'EUR', effective: '0', billed: null, estimate: '0' },
        { currency: 'USD', effective: '12.345678901', billed: null, estimate: '12.345678901' },
      ],
    })
    expect(text).toContain('spend_guard_spend_today{currency="EUR"} 0\n')
    expect(text).toContain('spend_guard_spend_today{currency="USD"} 12.345678901\n')
  })

  it('says of each account whether it is read as it should be, and up to when', () => {
    const states = ['new', 'filling', 'ok', 'stale', 'failed', 'paused'] as const
    const text = metricsText({ ...empty, accounts: states.map((state) => ({ ...account, id: state, state })) })
    expect(samples(text).filter((line) => line.endsWith(' 1'))).toEqual([
      'spend_guard_account_ok{account="ok",provider="openai"} 1',
    ])
    expect(text).toContain(`spend_guard_account_as_of_seconds{account="ok"} ${Date.parse(at) / 1_000}\n`)
  })

  it('lets no name break out of its label', () => {
    const scope = 'project:a"} 1\nspend_guard_spend_today 0 \\'
    const text = metricsText({
      ...empty,
      budgets: [
        {
          id: 'b',
          scope,
          period: 'day',
          limit: '1',
          spent: '2',
          currency: 'USD',
          state: 'breached',
          from: at,
          to: at,
          zone: 'UTC',
          outlook: null,
          exchanges: [],
          missing: [],
        },
      ],
    })
    expect(samples(text).filter((line) => line.startsWith('spend_guard_budget_spent'))).toEqual([
      String.raw`spend_guard_budget_spent{budget="b",scope="project:a\"} 1\nspend_guard_spend_today 0 \\",currency="USD"} 2`,
    ])
    expect(samples(text).some((line) => line.startsWith('spend_guard_spend_today'))).toBe(false)
  })

  it('counts open alerts by state, also where there are none', () => {
    expect(samples(metricsText(empty))).toEqual([
      'spend_guard_paused 0',
      'spend_guard_alerts_open{state="pending"} 0',
      'spend_guard_alerts_open{state="firing"} 0',
      'spend_guard_alerts_open{state="acknowledged"} 0',
      'spend_guard_alerts_open{state="snoozed"} 0',
    ])
  })
})
