import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { fieldErrors, typedNumber } from '../../../../renderer/hooks/field-errors.ts'
import { entryOf, valuesOf } from '../../../../renderer/views/settings/budget-values.ts'
import { accountEntry } from '../../../../shared/accounts.ts'
import { budgetEntry } from '../../../../shared/budgets.ts'
import { settings } from '../../../../shared/settings.ts'

function errorsOf(schema: z.ZodType, entry: unknown) {
  const parsed = schema.safeParse(entry)
  return parsed.success ? {} : fieldErrors(parsed.error)
}

describe('errors at fields', () => {
  it("are the engine's own sentences", () => {
    const errors = errorsOf(accountEntry, { provider: 'openai', label: ' ', secret: '' })
    expect(errors).toEqual({ label: 'Give the account a label.', secret: 'The secret is empty.' })
  })

  it('are in words for people where the schema has none', () => {
    const errors = errorsOf(settings, {
      usageEverySeconds: 1,
      costsEverySeconds: typedNumber(''),
      keepHoursDays: 9_999,
      keepMinutesDays: 2.5,
    })
    expect(errors['usageEverySeconds']).toBe('At least 2.')
    expect(errors['keepHoursDays']).toBe('At most 3660.')
    expect(errors['keepMinutesDays']).toBe('A whole number is needed.')
  })

  it('point into lists', () => {
    const values = valuesOf(null)
    values.limit = '100'
    values.thresholds[1] = { at: '', unit: 'percent', severity: 'warning' }
    expect(errorsOf(budgetEntry, entryOf(values, undefined))).toEqual({
      'thresholds.1.percent': 'A percentage or an amount is needed.',
    })
  })
})

describe('the budget form', () => {
  it('gives back the budget it was filled with', () => {
    const budget = {
      id: 'b1',
      limit: '49.5',
      currency: 'EUR',
      period: 'week' as const,
      scope: 'project:Search',
      zone: 'UTC',
      thresholds: [
        { percent: 90, severity: 'critical' as const },
        { amount: '40', severity: 'info' as const },
      ],
      createdAt: '2026-11-01T00:00:00Z',
    }
    const { createdAt: _, ...entry } = budget
    expect(budgetEntry.parse(entryOf(valuesOf(budget), 'b1'))).toEqual(entry)
  })

  it('asks which one when a scope has no name', () => {
    expect(
      errorsOf(budgetEntry, entryOf({ ...valuesOf(null), limit: '5', scopeKind: 'model', scopeName: ' ' }, undefined)),
    ).toHaveProperty('scope')
  })
})
