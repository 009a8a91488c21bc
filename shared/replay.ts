import { z } from 'zod'
import { ruleKinds, severity } from './alerts.ts'
import { amount, currency, instant, positiveAmount } from './amounts.ts'
import { budgetEntry } from './budgets.ts'
import { dayOrInstant } from './spend.ts'

/** Rules to try; what is not given stays as it is set. */
const triedRules = z.object({
  velocityFloor: positiveAmount.optional(),
  anomalyFloor: positiveAmount.optional(),
  /** In place of all budgets. */
  budgets: z.array(budgetEntry.omit({ id: true })).optional(),
})

export const replayRequest = triedRules.extend({ from: dayOrInstant, to: dayOrInstant })
export const libraryRequest = triedRules

/** A message that would have gone out. */
export const replayedPage = z.object({
  at: instant,
  rule: z.enum(ruleKinds),
  severity,
  scope: z.string(),
  scopeLabel: z.string(),
  amount: amount.nullable(),
  currency,
  summary: z.string(),
})
export type ReplayedPage = z.infer<typeof replayedPage>

export const replayReport = z.object({ from: instant, to: instant, pages: z.array(replayedPage) })
export type ReplayReport = z.infer<typeof replayReport>

export const replayedStory = z.object({
  name: z.string(),
  expect: z.enum(['alert', 'quiet', 'one note']),
  /** Until the first message about it; null when there was none. */
  minutes: z.number().nullable(),
  /** What was gone by then, in dollars; null for a story without an incident. */
  lost: amount.nullable(),
  pages: z.number().int(),
  good: z.boolean(),
})
export const libraryReport = z.object({ stories: z.array(replayedStory) })
export type LibraryReport = z.infer<typeof libraryReport>
