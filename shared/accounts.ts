import { z } from 'zod'
import { failure } from './failures.ts'
import { providerFacts, providerIds, type ProviderId } from './providers.ts'
import { amount, currency, instant } from './amounts.ts'
import { optionProblems } from './options.ts'
import { source } from './sources.ts'
import { trial } from './trials.ts'
import { i18n } from './words.ts'

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
  sources: z.array(source),
  /** Prepaid money that is left, where the provider shows it. */
  balances: z.array(z.object({ currency, left: amount, asOf: instant })),
  calibration: calibration.nullable(),
  /** Models that were priced by the ceiling because no price is known. */
  unpricedModels: z.array(z.string()),
})
export type Account = z.infer<typeof account>

export const secretText = z.string().trim().min(1, { error: 'The secret is empty.' }).max(10_000)

/** What a look at a key found out: whether it works, and whether it can do more than read. */
export const keyCheck = z.object({
  ok: z.boolean(),
  kind: z.string(),
  organization: z.string().nullable(),
  warnings: z.array(z.string()),
  failure: failure.nullable(),
})
export type KeyCheck = z.infer<typeof keyCheck>

/** '' where the provider needs no key. */
const keyText = secretText.or(z.literal(''))

const entryFields = {
  label: z.string().trim().min(1, { error: 'Give the account a label.' }).max(80),
  workspace: z.string().trim().min(1).max(80).nullable().default(null),
  baseUrl: z.string().nullable().default(null),
  options: z.record(z.string(), z.string().trim()).default({}),
  secret: keyText.default(''),
}

export const accountEntry = z.object({ provider: z.enum(providerIds), ...entryFields }).superRefine(refuseIncomplete)

export const keyEntry = z
  .object({
    provider: z.enum(providerIds),
    baseUrl: z.string().nullable().default(null),
    options: z.record(z.string(), z.string().trim()).default({}),
    secret: keyText.default(''),
  })
  .superRefine(refuseIncomplete)

/** What an account that is there becomes. Its provider stays; '' as the key: the one that is kept. */
export const accountChange = z
  .object({
    id: z.string().min(1),
    provider: z.enum(providerIds),
    ...entryFields,
  })
  .superRefine(refuseOptions)
export type AccountChange = z.output<typeof accountChange>

/** What a look at a change found, before anything of it is kept. */
export const changeLook = z.object({
  /** Null where it was tried out instead, or nothing is read another way. */
  check: keyCheck.nullable(),
  trial: trial.nullable(),
  /** What becomes of the history that was read already, in sentences. */
  means: z.array(z.string()),
})
export type ChangeLook = z.infer<typeof changeLook>

interface Typed {
  provider: ProviderId
  options: Record<string, string>
  secret: string
}

/** What a provider cannot do without, and values that an option does not have. */
function refuseIncomplete(entry: Typed, context: z.RefinementCtx): void {
  const { key } = providerFacts(entry.provider)
  if (key && !key.optional && entry.secret === '')
    context.addIssue({ code: 'custom', path: ['secret'], message: i18n.t('The secret is empty.') })
  refuseOptions(entry, context)
}

function refuseOptions(entry: Typed, context: z.RefinementCtx): void {
  const { label, key, options } = providerFacts(entry.provider)
  const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message })
  if (!key && entry.secret !== '') refuse(['secret'], i18n.t('{label} needs no key.', { label }))
  for (const [name, problem] of optionProblems(label, options, entry.options)) refuse(['options', name], problem)
}
