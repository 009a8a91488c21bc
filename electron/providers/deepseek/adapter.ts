import { z } from 'zod'
import type { KeyCheck } from '../../../shared/accounts.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { minuteMs } from '../../../shared/time.ts'
import { amountNanos, currencyCode } from '../../http/json-schema.ts'
import type { Balance, CounterReading, KeyKind, ProviderAdapter, ReadContext } from '../adapter.ts'
import { unreadable } from '../pages.ts'
import { i18n, sentences } from '../../../shared/words.ts'

/**
 * DeepSeek tells the balance of the account and nothing else (api-docs.deepseek.com/api/get-user-balance, checked
 * 2026-11-25): what it falls by was spent. There is no bill to read, and the pages that show usage are private.
 */
export const deepseek: ProviderAdapter = {
  id: 'deepseek',
  origins: ['https://api.deepseek.com'],
  auth: (secret) => ({ authorization: `Bearer ${secret}` }),
  feeds: [{ id: 'balance', plane: 'estimate', widths: ['minute'], latencyMs: 5 * minuteMs, source: 'counter' }],
  keyKind,
  checkKey,
  readCounters,
  balances,
}

const path = '/user/balance'

/** Granted and topped-up money are one balance: which of them a request takes is DeepSeek's business. */
const answered = z.object({
  balance_infos: z.array(z.object({ currency: currencyCode, total_balance: amountNanos })),
})

async function read({ http }: ReadContext): Promise<Result<Balance[]>> {
  const answer = await http.get(path)
  if (!answer.ok) return answer
  const parsed = answered.safeParse(answer.value)
  if (!parsed.success) return err(unreadable(path, parsed.error))
  return ok(parsed.data.balance_infos.map(({ currency, total_balance: leftNanos }) => ({ currency, leftNanos })))
}

/** A currency that nobody pays in is listed with nothing; as long as another has money, that is no empty balance. */
async function balances(context: ReadContext): Promise<Result<Balance[]>> {
  const left = await read(context)
  if (!left.ok || left.value.every(({ leftNanos }) => leftNanos === 0n)) return left
  return ok(left.value.filter(({ leftNanos }) => leftNanos !== 0n))
}

async function readCounters(context: ReadContext): Promise<Result<CounterReading[]>> {
  const left = await read(context)
  if (!left.ok) return left
  const nobody = { model: null, project: null, apiKey: null, tier: null }
  return ok(
    left.value.map(({ currency, leftNanos }) => ({
      ...nobody,
      lineItem: 'Balance used',
      currency,
      totalNanos: -leftNanos,
      sinceMs: null,
    })),
  )
}

const otherProviders = /^sk-(ant|or|proj|admin|svcacct)-/

function keyKind(secret: string): KeyKind {
  const create = i18n.t('Create one at platform.deepseek.com, API keys.')
  if (otherProviders.test(secret))
    return {
      kind: i18n.t('Key of another provider'),
      refused: sentences(i18n.t('This is no key of DeepSeek.'), create),
      warnings: [],
    }
  if (secret.startsWith('sk-')) return { kind: i18n.t('API key'), refused: null, warnings: [canSpend()] }
  return {
    kind: i18n.t('Unknown'),
    refused: null,
    warnings: [canSpend(), i18n.t('This does not look like a DeepSeek key (sk-…).')],
  }
}

const canSpend = () =>
  i18n.t(
    'DeepSeek has no key that only reads: this one can spend money too. Create one for this guard alone, so that it can be deleted alone.',
  )

async function checkKey(context: ReadContext): Promise<KeyCheck> {
  const left = await read(context)
  const failure = left.ok ? null : left.failure
  return { ok: left.ok, kind: i18n.t('API key'), organization: null, warnings: [], failure }
}
