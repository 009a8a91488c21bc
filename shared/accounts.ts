import { z } from 'zod'
import { failure } from './failures.ts'
import { providerIds } from './providers.ts'
import { instant } from './amounts.ts'

export const accountStates = ['new', 'filling', 'ok', 'stale', 'failed', 'paused'] as const
export type AccountState = (typeof accountStates)[number]

export const calibration = z.object({
  /** Trailing ratio billed/estimate over mature days; 1 means the price table agrees with the bill. */
  ratio: z.number(),
  low: z.number(),
  high: z.number(),
  days: z.number().int(),
  /** Whether the days agree well enough for the ratio to mean something. */
  steady: z.boolean(),
})
export type Calibration = z.infer<typeof calibration>

export const account = z.object({
  id: z.string(),
  provider: z.enum(providerIds),
  label: z.string(),
  workspace: z.string().nullable(),
  baseUrl: z.string().nullable(),
  options: z.record(z.string(), z.string()),
  createdAt: instant,
  state: z.enum(accountStates),
  /** Until when the newest reading of this account is complete, as far as the provider says. */
  asOf: instant.nullable(),
  failure: failure.nullable(),
  nextPollAt: instant.nullable(),
  /** Share of the first back-fill that is done, 0 to 1; null when there is none under way. */
  fill: z.number().min(0).max(1).nullable(),
  calibration: calibration.nullable(),
  /** Models that were priced by the ceiling because no price is known. */
  unpricedModels: z.array(z.string()),
})
export type Account = z.infer<typeof account>

export const secretText = z.string().trim().min(1, { error: 'The secret is empty.' }).max(10_000)

export const accountEntry = z.object({
  provider: z.enum(providerIds),
  label: z.string().trim().min(1, { error: 'Give the account a label.' }).max(80),
  workspace: z.string().trim().min(1).max(80).nullable().default(null),
  baseUrl: z.string().nullable().default(null),
  options: z.record(z.string(), z.string()).default({}),
  secret: secretText,
})

/** What a look at a key found out: whether it works, and whether it can do more than read. */
export const keyCheck = z.object({
  ok: z.boolean(),
  kind: z.string(),
  organization: z.string().nullable(),
  warnings: z.array(z.string()),
  failure: failure.nullable(),
})
export type KeyCheck = z.infer<typeof keyCheck>
