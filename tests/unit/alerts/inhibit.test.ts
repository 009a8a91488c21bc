import { describe, expect, it } from 'vitest'
import { mutedBy } from '../../../electron/alerts/inhibit.ts'
import type { AlertRow } from '../../../electron/storage/alerts.ts'

const row = (id: string, change: Partial<AlertRow>) =>
  ({
    id,
    state: 'firing',
    scope: 'account:a',
    ruleId: null,
    amountNanos: null,
    limitNanos: null,
    ...change,
  }) as AlertRow

describe('an alert that another one speaks for', () => {
  const blind = row('blind', { rule: 'blind' })

  it('is muted while the key of the same account is refused', () => {
    const refused = row('key', { rule: 'credential' })
    expect(mutedBy(blind, [blind, refused])?.id).toBe('key')
    expect(mutedBy(blind, [blind, { ...refused, state: 'acknowledged' }])?.id).toBe('key')
    expect(mutedBy(blind, [blind, { ...refused, scope: 'account:b' }])).toBeNull()
    expect(mutedBy(blind, [blind, { ...refused, state: 'pending' }])).toBeNull()
    expect(mutedBy(refused, [blind, refused])).toBeNull()
  })

  it('is muted when the budget it foretells is over, and not while it is only near', () => {
    const forecast = row('forecast', { rule: 'forecast', ruleId: 'b' })
    const budget = row('budget', { rule: 'budget', ruleId: 'b', amountNanos: 100n, limitNanos: 100n })
    expect(mutedBy(forecast, [budget])?.id).toBe('budget')
    expect(mutedBy(forecast, [{ ...budget, amountNanos: 99n }])).toBeNull()
    expect(mutedBy(forecast, [{ ...budget, ruleId: 'other' }])).toBeNull()
  })
})
