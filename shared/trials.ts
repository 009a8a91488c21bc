import { z } from 'zod'
import { source } from './sources.ts'
import { amount, currency, instant } from './amounts.ts'
import { failure } from './failures.ts'

/** One line of spend as it was understood. */
export const triedRow = z.object({
  /** Start of its bucket, or of a running total; null for one of all time, or of prepaid money. */
  at: instant.nullable(),
  currency,
  amount,
  model: z.string().nullable(),
  project: z.string().nullable(),
  apiKey: z.string().nullable(),
  lineItem: z.string().nullable(),
  tier: z.string().nullable(),
})
export type TriedRow = z.infer<typeof triedRow>

/** What one source of an account answered of its newest window, before anything is stored. */
export const triedSource = source.pick({ id: true, plane: true, width: true }).extend({
  from: instant,
  to: instant,
  failure: failure.nullable(),
  /** How many rows there were; `rows` are the newest of them. */
  count: z.number().int(),
  rows: z.array(triedRow),
  /** Never across currencies. */
  sums: z.array(z.object({ currency, amount })),
  warnings: z.array(z.string()),
})
export type TriedSource = z.infer<typeof triedSource>

/** What an account would see. It works when nothing failed that it cannot do without. */
export const trial = z.object({
  ok: z.boolean(),
  sources: z.array(triedSource),
  /** Prepaid money that is left; null where there is no way to tell. */
  balances: z.object({ failure: failure.nullable(), left: z.array(z.object({ currency, amount })) }).nullable(),
})
export type Trial = z.infer<typeof trial>
