import { z } from 'zod'
import { amount, currency } from './amounts.ts'
import { failure } from './failures.ts'

export const importFormats = ['focus'] as const

export const importRequest = z.object({
  format: z.enum(importFormats),
  accountId: z.string().min(1),
  /** Absolute paths on the computer of the guard, which reads them itself. Parts of one delivery go together. */
  files: z.array(z.string().min(1).max(4_096)).min(1, { error: 'Name the file to import.' }).max(1_000),
})

/** One import, under way or over. */
export const importState = z.object({
  id: z.string(),
  state: z.enum(['reading', 'storing', 'done', 'failed']),
  lines: z.number().int(),
  failure: failure.nullable(),
  /** Days of which the ledger now says something else; null before it is done. */
  changedDays: z.number().int().nullable(),
  /** What the files add up to. */
  totals: z.array(z.object({ currency, amount })),
  bills: z.array(
    z.object({
      issuer: z.string(),
      billingAccount: z.string(),
      from: z.string(),
      to: z.string(),
      days: z.number().int(),
    }),
  ),
  /** There were too many kinds of spend to keep apart, so that some were put together by service. */
  merged: z.boolean(),
})
export type ImportState = z.infer<typeof importState>
