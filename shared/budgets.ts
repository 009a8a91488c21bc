import { z } from 'zod'
import { currency, instant, positiveAmount, amount } from './amounts.ts'
import { severity } from './alerts.ts'
import { scopeText } from './scope.ts'
import { isZone, periods } from './time.ts'

export const threshold = z.object({
  /** Per cent of the limit. */
  percent: z.number().positive().max(10_000),
  severity,
})
export type Threshold = z.infer<typeof threshold>

export const defaultThresholds: Threshold[] = [
  { percent: 50, severity: 'info' },
  { percent: 80, severity: 'warning' },
  { percent: 100, severity: 'critical' },
]

export const zoneName = z
  .string()
  .refine(isZone, { error: 'Not a time zone this system knows; use a name such as Europe/Berlin or UTC.' })

export const budgetEntry = z.object({
  /** Given when an existing budget is changed. */
  id: z.string().optional(),
  limit: positiveAmount,
  currency: currency.default('USD'),
  period: z.enum(periods),
  scope: scopeText.default('all'),
  /** Null: the machine's own time zone. */
  zone: zoneName.nullable().default(null),
  thresholds: z.array(threshold).min(1).max(20).default(defaultThresholds),
})
export type BudgetEntry = z.infer<typeof budgetEntry>

export const budget = budgetEntry.extend({
  id: z.string(),
  zone: zoneName.nullable(),
  thresholds: z.array(threshold),
  createdAt: instant,
})
export type Budget = z.infer<typeof budget>

export const budgetStates = ['ok', 'near', 'breached', 'unknown'] as const

export const budgetStatus = z.object({
  id: z.string(),
  scope: z.string(),
  period: z.enum(periods),
  limit: amount,
  spent: amount.nullable(),
  currency,
  /** near: a threshold below the limit is crossed. */
  state: z.enum(budgetStates),
  from: instant,
  to: instant,
  zone: z.string(),
})
export type BudgetStatus = z.infer<typeof budgetStatus>
