import { z } from 'zod'
import type { KeyCheck } from '../../../shared/accounts.ts'
import { fail, type Failure } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { minuteMs } from '../../../shared/time.ts'
import { count, label } from '../../http/json-schema.ts'
import type { CounterReading, KeyKind, Options, ProviderAdapter, ReadContext, Refusal } from '../adapter.ts'
import { unreadable } from '../pages.ts'
import { creditsNanos, periodStartMs, priceNanos } from './credits.ts'
import { i18n, sentences } from '../../../shared/words.ts'

/**
 * ElevenLabs counts credits, and what a credit costs depends on the plan and on what was agreed. Only a person knows, so
 * it has to be said: credits x that price, since the period began. Without a price there is no account, because unknown
 * money would look like none (elevenlabs.io/docs/api-reference/user/subscription/get, checked 2026-11-25).
 */
export const elevenlabs: ProviderAdapter = {
  id: 'elevenlabs',
  origins: ['https://api.elevenlabs.io'],
  auth: (secret) => ({ 'xi-api-key': secret }),
  refusal,
  feeds: [{ id: 'credits', plane: 'estimate', widths: ['minute'], latencyMs: 5 * minuteMs, source: 'counter' }],
  keyKind,
  checkKey,
  readCounters,
}

const path = '/v1/user/subscription'

const subscription = z.object({
  tier: label,
  character_count: z.number().int().min(0),
  // Seconds; null where nothing begins anew.
  next_character_count_reset_unix: count,
  character_refresh_period: label,
})
type Subscription = z.output<typeof subscription>

async function readSubscription({ http }: ReadContext): Promise<Result<Subscription>> {
  const answer = await http.get(path)
  if (!answer.ok) return answer
  const parsed = subscription.safeParse(answer.value)
  return parsed.success ? ok(parsed.data) : err(unreadable(path, parsed.error))
}

async function readCounters(context: ReadContext): Promise<Result<CounterReading[]>> {
  const price = priceOf(context.options)
  if (price === null) return err(fail('invalid-input', noPrice()))
  const read = await readSubscription(context)
  if (!read.ok) return read
  const {
    character_count: used,
    next_character_count_reset_unix: resetS,
    character_refresh_period: period,
  } = read.value
  return ok([
    {
      model: null,
      project: null,
      apiKey: null,
      lineItem: 'Credits used',
      tier: null,
      currency: 'USD',
      totalNanos: creditsNanos(used, price),
      sinceMs: periodStartMs(resetS, period),
    },
  ])
}

const noPrice = () =>
  i18n.t('The option usd_per_1000_credits is an amount in dollars, such as 0.22: what 1,000 credits cost on your plan.')

function priceOf(options: Options): bigint | null {
  return priceNanos(options['usd_per_1000_credits'] ?? '')
}

function keyKind(secret: string, options: Options): KeyKind {
  const create = i18n.t('Create one at elevenlabs.io, Settings, API keys, restricted to User: Read.')
  if (priceOf(options) === null) return { kind: i18n.t('API key'), refused: noPrice(), warnings: [] }
  if (secret.startsWith('sk-'))
    return {
      kind: i18n.t('Key of another provider'),
      refused: sentences(i18n.t('This is no key of ElevenLabs.'), create),
      warnings: [],
    }
  return { kind: i18n.t('API key'), refused: null, warnings: [] }
}

/** Says 401 for a lacking permission too, which would read as a wrong key. */
const lacking = z.object({ detail: z.object({ status: z.literal('missing_permissions') }) })

function refusal({ status, body, said }: Refusal): Failure | null {
  if (status !== 401 || !lacking.safeParse(body).success) return null
  return fail(
    'permission-missing',
    i18n.t('The key lacks a permission; it needs User: Read. The provider says: {said}', { said }),
    {
      status,
    },
  )
}

/** What a key that is restricted to its purpose is refused. */
const moreThanUser = '/v1/history'

async function checkKey(context: ReadContext): Promise<KeyCheck> {
  const read = await readSubscription(context)
  if (!read.ok) return { ok: false, kind: i18n.t('API key'), organization: null, warnings: [], failure: read.failure }
  const more = await context.http.get(moreThanUser, [['page_size', '1']])
  const warnings = more.ok
    ? [
        i18n.t(
          'This key can do more than read the subscription, and may spend credits. One restricted to User: Read is safer.',
        ),
      ]
    : []
  return { ok: true, kind: i18n.t('API key'), organization: null, warnings, failure: null }
}
