import { z } from 'zod'
import { instant } from './amounts.ts'
import { failure } from './failures.ts'

/** One thing the guard reads of an account, and how late, how often and at what price it does. */
export const source = z.object({
  id: z.string(),
  plane: z.enum(['billed', 'estimate', 'insight']),
  /** The finest buckets it has. */
  width: z.enum(['minute', 'hour', 'day']),
  asOf: instant.nullable(),
  lagSeconds: z.number(),
  /** Null for what a person brings. */
  everySeconds: z.number().nullable(),
  /** USD for one request, as decimal text; null where asking is free. */
  callCost: z.string().nullable(),
  optional: z.boolean(),
  /** Whether it ever showed spend: most accounts use two or three sources of many. */
  used: z.boolean(),
  failure: failure.nullable(),
})
export type Source = z.infer<typeof source>
