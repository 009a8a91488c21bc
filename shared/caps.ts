import { z } from 'zod'
import { amount, currency, instant } from './amounts.ts'
import { providerIds } from './providers.ts'

/** A limit that stands at the provider itself. Polling cannot stop a burst of three minutes; this can. */
export const cap = z.object({
  /** What it holds for, in words: `organization`, `project Search`, `key prod`. */
  scope: z.string(),
  /** `stop`: requests are refused beyond it. `warn`: it only sends a message. */
  effect: z.enum(['stop', 'warn']),
  /** Null where the provider says that there is one but not how much. */
  limit: amount.nullable(),
  currency,
  /** `total` for one that never begins anew, such as prepaid credit. */
  period: z.enum(['day', 'week', 'month', 'quarter', 'year', 'total']),
})
export type Cap = z.infer<typeof cap>

export const capAudit = z.object({
  accountId: z.string(),
  label: z.string(),
  provider: z.enum(providerIds),
  /** `set`: something stops or warns. `missing`: read, and there is nothing. `unreadable`: nobody knows. */
  state: z.enum(['set', 'missing', 'unreadable']),
  caps: z.array(cap),
  /** Why it could not be read; null where it was. */
  reason: z.string().nullable(),
  /** When it was read last; null before. */
  checkedAt: instant.nullable(),
  /** Where to set one. */
  link: z.string(),
})
export type CapAudit = z.infer<typeof capAudit>
