import { z } from 'zod'
import { currency, instant, positiveAmount, amount } from './amounts.ts'
import { severity } from './alerts.ts'
import { exchange } from './rate-notes.ts'
import { scopeText } from './scope.ts'
import { parseNanos, type Nanos } from './money.ts'
import { isZone, periods } from './time.ts'

const percentHelp = 'A threshold is more than 0 % of the limit, and 10,000 % at most.'

export const threshold = z
  .object({
    /** Per cent of the limit; or */
    percent: z.number().positive({ error: percentHelp }).max(10_000, { error: percentHelp }).optional(),
    /** an amount in the budget's currency. One of the two. */
    amount: positiveAmount.optional(),
    severity,
  })
  .refine(({ percent, amount }) => (percent === undefined) !== (amount === undefined), {
    error: 'A percentage or an amount is needed.',
    path: ['percent'],
  })
export type Threshold = z.infer<typeof threshold>

const millionths = 1_000_000n

/** Where a threshold lies, in millionths of a nano, so that a percentage with four decimals is exact. */
export function lineOf({ percent, amount }: Threshold, limitNanos: Nanos): bigint {
  if (percent === undefined) return (parseNanos(amount ?? '') ?? limitNanos) * millionths
  return limitNanos * BigInt(Math.round(percent * 10_000))
}

/** Whether spend is at the threshold, or at a share (per cent) of it. */
export function isReached(spentNanos: Nanos, threshold: Threshold, limitNanos: Nanos, sharePercent = 100n): boolean {
  return spentNanos * millionths * 100n >= lineOf(threshold, limitNanos) * sharePercent
}

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

/** A budget to look at before it is made; without a limit only what is usual is answered. */
export const previewRequest = budgetEntry.omit({ id: true }).extend({ limit: positiveAmount.nullable().default(null) })

/** What it would have said of the periods that are over and known. */
export const budgetPreview = z.object({
  from: instant.nullable(),
  periods: z.number().int(),
  /** Spend of the middle period, and what nine of ten stay below; null where too few are known. */
  middle: amount.nullable(),
  high: amount.nullable(),
  /** A limit that is quiet on a busy period and loud on a leak. */
  suggested: amount.nullable(),
  thresholds: z.array(z.object({ threshold, times: z.number().int(), lastAt: instant.nullable() })),
})
export type BudgetPreview = z.infer<typeof budgetPreview>

export const budgetStates = ['ok', 'near', 'breached', 'unknown'] as const

/** Where a week or month is heading; null for shorter periods, and while too little is known. */
export const outlook = z.object({
  end: amount,
  /** It ends between these four times out of five. */
  low: amount,
  high: amount,
  /** 0 to 1: how likely the limit is passed. */
  probability: z.number(),
  /** Around when, as a day in the budget's zone; null when it is not expected to be. */
  breachOn: z.iso.date().nullable(),
})
export type Outlook = z.infer<typeof outlook>

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
  outlook: outlook.nullable(),
  /** What of `spent` came from other currencies, and those that are not in it for want of a rate. */
  exchanges: z.array(exchange).default([]),
  missing: z.array(currency).default([]),
})
export type BudgetStatus = z.infer<typeof budgetStatus>
