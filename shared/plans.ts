import { z } from 'zod'
import { currency, instant, positiveAmount } from './amounts.ts'
import { zoneName } from './budgets.ts'
import { parseScope, type ScopeKind } from './scope.ts'
import { addDays } from './time.ts'

/** Spend is foretold for whole accounts; which key or model a launch will use is nobody's to know. */
export const planScopes = ['all', 'provider', 'account', 'workspace'] as const satisfies readonly ScopeKind[]

const isDay = (text: string) => z.iso.date().safeParse(text).success

const planScope = z.string().refine((text) => planScopes.some((kind) => kind === parseScope(text)?.kind), {
  error: 'A plan is for all, provider:ID, account:ID or workspace:W.',
})

/** Whoever plans longer than this has a new normal. */
const longestDays = 92

/** Spend that a person announced: up to so much a day, from the first day to the last, is no reason for an alert. */
export const planEntry = z
  .object({
    scope: planScope.default('all'),
    /** For each day, ordinary spend included. */
    limit: positiveAmount,
    currency: currency.default('USD'),
    /** First and last day, both part of it. */
    from: z.iso.date({ error: 'The first day is written like 2026-11-27.' }),
    to: z.iso.date({ error: 'The last day is written like 2026-11-30.' }),
    /** Null: the zone of the guard, as it is when the plan is made. */
    zone: zoneName.nullable().default(null),
    note: z.string().trim().max(200, { error: 'A note has at most 200 characters.' }).default(''),
  })
  .refine(({ from, to }) => from <= to, { error: 'The last day comes before the first.', path: ['to'] })
  // A day that is none has been named already; there is nothing to count from it.
  .refine(({ from, to }) => !isDay(from) || to < addDays(from, longestDays), {
    error: `A plan lasts at most ${longestDays} days.`,
    path: ['to'],
  })
export type PlanEntry = z.infer<typeof planEntry>

export const plan = z.object({
  id: z.string(),
  scope: z.string(),
  limit: positiveAmount,
  currency,
  from: z.iso.date(),
  to: z.iso.date(),
  zone: zoneName,
  note: z.string(),
  createdAt: instant,
})
export type Plan = z.infer<typeof plan>
