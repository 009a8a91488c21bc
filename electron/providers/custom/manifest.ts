import { parse } from 'lossless-json'
import { z } from 'zod'
import { currencyCode } from '../../http/json-schema.ts'
import { refuseBaseUrl } from '../../http/origins.ts'
import { manifestProblem } from './manifest-problem.ts'
import { placeholderProblem, textsIn } from './placeholders.ts'
import { i18n } from '../../../shared/words.ts'

/** An expression of JMESPath; what it may do is in expression.ts. */
const expression = z.string().trim().min(1).max(500)

const line = z
  .string()
  .max(2_000)
  .regex(/^[\x20-\x7e]*$/, { error: 'has letters that no header or address has' })
const withTimes = line.superRefine(refusePlaceholders)
const headerName = z.string().regex(/^[a-zA-Z0-9-]{1,80}$/, { error: 'is no name of a header' })

/** Only https, and plain http on this machine: the key goes there. */
const origin = z.string().transform((text, context) => {
  const problem = refuseBaseUrl(text)
    ?.replace(/^The base URL /, '')
    .replace(/\.$/, '')
  const url = problem === undefined ? new URL(text) : null
  if (url && url.pathname === '/') return url.origin
  const message = problem ?? 'is scheme and host alone; the rest belongs to the path of a request'
  context.addIssue({ code: 'custom', message })
  return z.NEVER
})

/** `{key}`, or `{key.1}` and `{key.2}` of a key that is written `part:part`. */
const proof = line.regex(/\{key(\.[12])?\}/, { error: 'has no {key} in it' })
const proofs = z.record(headerName, proof).refine((headers) => Object.keys(headers).length > 0, {
  error: 'is empty; where no key is sent, "auth" is null',
})
const auth = z.union([z.strictObject({ headers: proofs }), z.strictObject({ basic: proof })], {
  error: 'is {"headers": {"authorization": "Bearer {key}"}}, {"basic": "{key}:"} or null',
})

/** What a header of the request itself may not be: it would send a secret that everybody can read here. */
const secretHeaders =
  /^(authorization|cookie|proxy-authorization|.*api-?key.*|(?!idempotency-).*-key|.*token.*|.*secret.*|.*password.*)$/i
const plainHeaders = z.record(
  headerName.refine((name) => !secretHeaders.test(name), { error: 'belongs into "auth", with {key} as its value' }),
  withTimes,
)

const request = z
  .strictObject({
    method: z.enum(['GET', 'POST']).default('GET'),
    path: withTimes.regex(/^\/(?![/\\])/, { error: 'begins with one /' }),
    query: z.record(z.string(), z.union([withTimes, z.array(withTimes)])).default({}),
    headers: plainHeaders.default({}),
    json: z
      .unknown()
      .superRefine((body, context) => {
        for (const text of textsIn(body)) refusePlaceholders(text, context)
      })
      .optional(),
    answer: z.enum(['json', 'lines']).default('json'),
  })
  .refine(({ method, json }) => method === 'POST' || json === undefined, {
    error: 'sends a body, so its method is POST',
    path: ['json'],
  })

const pages = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('none') }),
    /** `next` finds the cursor in an answer; `more`, where there is one, says whether it counts. */
    z.strictObject({
      kind: z.literal('cursor'),
      parameter: z.string().min(1),
      next: expression,
      more: expression.optional(),
    }),
    /**
     * Counts pages from 1, or rows from 0 with a `step`, unless `first` says otherwise. Ends where `more` finds false, at the
     * `last` one, or after an answer without rows.
     */
    z.strictObject({
      kind: z.literal('number'),
      parameter: z.string().min(1),
      first: z.int().min(0).optional(),
      step: z.int().min(1).default(1),
      more: expression.optional(),
      last: expression.optional(),
    }),
    z.strictObject({ kind: z.literal('link'), next: expression }),
  ],
  { error: 'is of the kind none, cursor, number or link' },
)
export type Pages = z.output<typeof pages>

const currency = z.union([expression, z.strictObject({ fixed: currencyCode })], {
  error: 'is an expression, or {"fixed": "USD"}',
})

/** How many of an amount make one whole unit of its currency. */
export const unitsPerWhole = {
  units: 1n,
  cents: 100n,
  millis: 1_000n,
  micros: 1_000_000n,
  nanos: 1_000_000_000n,
} as const

const common = {
  id: z.string().regex(/^[a-z][a-z0-9_-]{0,31}$/, { error: 'is small letters, digits and dashes' }),
  plane: z.enum(['billed', 'estimate'], { error: 'is "billed" or "estimate"' }),
  lateByMinutes: z.number().min(0).max(100_000),
  finalAfterHours: z.number().min(0).max(10_000).default(24),
  everyMinutes: z.number().min(1).max(100_000).optional(),
  request,
  pages: pages.default({ kind: 'none' }),
  rows: expression,
  /** A list within each row; the other expressions then see `row` and `part`. */
  parts: expression.optional(),
  amount: expression,
  amountIn: z.enum(Object.keys(unitsPerWhole) as [keyof typeof unitsPerWhole]).default('units'),
  negate: z.boolean().default(false),
  currency,
  model: expression.optional(),
  project: expression.optional(),
  key: expression.optional(),
  lineItem: expression.optional(),
  tier: expression.optional(),
}

const feed = z.discriminatedUnion(
  'reads',
  [
    z.strictObject({
      ...common,
      reads: z.literal('spend'),
      width: z.enum(['minute', 'hour', 'day'], { error: 'is "minute", "hour" or "day"' }),
      start: expression,
      keepsDays: z.number().min(1).max(1_000).optional(),
      /** One request for each day or month, or for at most so many days. */
      split: z
        .union([z.enum(['day', 'month']), z.int().min(1).max(366)], { error: 'is "day", "month" or days' })
        .optional(),
      /** Days without a row: not known, or without spend where they are older than the newest row. */
      gaps: z.enum(['unknown', 'free']).default('unknown'),
    }),
    /** A running total: what a day, a month, or all time cost so far. */
    z.strictObject({
      ...common,
      reads: z.literal('total'),
      since: z.union([z.enum(['day', 'month', 'ever']), z.strictObject({ at: expression })], {
        error: 'is "day", "month", "ever" or {"at": expression}',
      }),
    }),
    /** Prepaid money that is left: what it falls by is spend of its plane, unless another feed tells that already. */
    z.strictObject({
      ...common,
      reads: z.literal('balance'),
      plane: z.enum(['billed', 'estimate', 'none'], { error: 'is "billed", "estimate" or "none"' }),
    }),
  ],
  { error: 'is "spend", "total" or "balance"' },
)
export type CustomFeed = z.output<typeof feed>
export type SpendFeed = Extract<CustomFeed, { reads: 'spend' }>

const manifest = z.strictObject({
  version: z.literal(1, { error: 'is 1' }),
  name: z.string().trim().min(1).max(60),
  origin,
  auth: auth.nullable().default(null),
  feeds: z
    .array(feed)
    .min(1, { error: 'is empty' })
    .max(8)
    .refine((feeds) => new Set(feeds.map(({ id }) => id)).size === feeds.length, { error: 'has an id twice' })
    .refine((feeds) => feeds.some(({ plane }) => plane !== 'none'), {
      error: 'has nothing that is read as spend, so that nothing would be read; give a balance the plane "estimate"',
    })
    .refine((feeds) => !countsTwice(feeds), {
      error:
        'has a balance beside another feed of its plane, which counts the same money twice; give it the plane "none"',
    }),
})
export type Manifest = z.output<typeof manifest>

const largestText = 40_000

export type Parsed = { manifest: Manifest; problem: null } | { manifest: null; problem: string }

/** Reads a manifest; `problem` names the place and what is wrong there, in one sentence. */
export function parseManifest(text: string): Parsed {
  const refuse = (problem: string): Parsed => ({ manifest: null, problem })
  if (text.length > largestText) return refuse(i18n.t('The manifest is too long.'))
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return refuse(i18n.t('The manifest is not JSON ({place}).', { place: whereBroken(text) }))
  }
  const parsed = manifest.safeParse(json, { reportInput: true })
  return parsed.success ? { manifest: parsed.data, problem: null } : refuse(manifestProblem(parsed.error))
}

/**
 * Its place alone: what is there may be of another file than was meant. The engine's own parser does not say where an
 * unexpected letter is.
 */
function whereBroken(text: string): string {
  let position = text.length
  try {
    parse(text)
  } catch (error) {
    position = Number(/position (\d+)/.exec((error as Error).message)?.[1] ?? position)
  }
  const lines = text.slice(0, position).split('\n')
  return `line ${lines.length} column ${(lines.at(-1) ?? '').length + 1}`
}

function countsTwice(feeds: readonly CustomFeed[]): boolean {
  return feeds.some(
    (one) =>
      one.reads === 'balance' &&
      feeds.some((other) => other !== one && other.plane === one.plane && one.plane !== 'none'),
  )
}

function refusePlaceholders(text: string, context: z.RefinementCtx): void {
  const message = placeholderProblem(text)
  if (message !== null) context.addIssue({ code: 'custom', message })
}
