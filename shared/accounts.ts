import { z } from 'zod'
import { failure } from './failures.ts'
import { providerFacts, providerIds, type ProviderId } from './providers.ts'
import { amount, currency, instant } from './amounts.ts'
import { optionProblems } from './options.ts'

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
  sources: z.array(source),
  /** Prepaid money that is left, where the provider shows it. */
  balances: z.array(z.object({ currency, left: amount, asOf: instant })),
  calibration: calibration.nullable(),
  /** Models that were priced by the ceiling because no price is known. */
  unpricedModels: z.array(z.string()),
})
export type Account = z.infer<typeof account>

export const secretText = z.string().trim().min(1, { error: 'The secret is empty.' }).max(10_000)

/** '' where the provider needs no key. */
const keyText = secretText.or(z.literal(''))

export const accountEntry = z
  .object({
    provider: z.enum(providerIds),
    label: z.string().trim().min(1, { error: 'Give the account a label.' }).max(80),
    workspace: z.string().trim().min(1).max(80).nullable().default(null),
    baseUrl: z.string().nullable().default(null),
    options: z.record(z.string(), z.string().trim()).default({}),
    secret: keyText.default(''),
  })
  .superRefine(refuseIncomplete)

export const keyEntry = z
  .object({
    provider: z.enum(providerIds),
    baseUrl: z.string().nullable().default(null),
    options: z.record(z.string(), z.string().trim()).default({}),
    secret: keyText.default(''),
  })
  .superRefine(refuseIncomplete)

/** What a provider cannot do without, and values that an option does not have. */
function refuseIncomplete(
  entry: { provider: ProviderId; options: Record<string, string>; secret: string },
  context: z.RefinementCtx,
): void {
  const { label, key, options } = providerFacts(entry.provider)
  const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message })
  if (key && !key.optional && entry.secret === '') refuse(['secret'], 'The secret is empty.')
  if (!key && entry.secret !== '') refuse(['secret'], `${label} needs no key.`)
  for (const [name, problem] of optionProblems(label, options, entry.options)) refuse(['options', name], problem)
}

/** What a look at a key found out: whether it works, and whether it can do more than read. */
export const keyCheck = z.object({
  ok: z.boolean(),
  kind: z.string(),
  organization: z.string().nullable(),
  warnings: z.array(z.string()),
  failure: failure.nullable(),
})
export type KeyCheck = z.infer<typeof keyCheck>
