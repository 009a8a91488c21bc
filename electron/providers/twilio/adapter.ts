import { dayMs, hourMs, minuteMs } from '../../../shared/time.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Balance, KnownName, ProviderAdapter, ReadContext } from '../adapter.ts'
import { unreadable } from '../pages.ts'
import { caps } from './caps.ts'
import { checkKey, keyKind, refusal } from './key.ts'
import { accountPath, readAccounts } from './records.ts'
import { balanceAnswer } from './schema.ts'
import { readBill, readToday } from './spend.ts'

/** Twilio: usage records by day are the bill, and today's, which grows by the minute, is the fast plane. */
export const twilio: ProviderAdapter = {
  id: 'twilio',
  origins: ['https://api.twilio.com'],
  auth: (secret) => ({ authorization: `Basic ${btoa(secret)}` }),
  refusal,
  feeds: [
    { id: 'daily', plane: 'billed', widths: ['day'], latencyMs: hourMs, matureAfterMs: dayMs },
    // How often one may ask is not documented; every five minutes has hurt nobody.
    {
      id: 'today',
      plane: 'estimate',
      widths: ['minute'],
      latencyMs: 10 * minuteMs,
      everyMs: 5 * minuteMs,
      source: 'counter',
    },
  ],
  keyKind,
  checkKey,
  read: readBill,
  readCounters: readToday,
  names,
  caps,
  balances,
}

/** Of the main account only, and for a key that may read more than usage. */
async function balances(context: ReadContext): Promise<Result<Balance[]>> {
  const path = `${accountPath(context.options['account_sid'] ?? '')}/Balance.json`
  const answer = await context.http.get(path)
  if (!answer.ok) return answer
  const parsed = balanceAnswer.safeParse(answer.value)
  if (!parsed.success) return err(unreadable(path, parsed.error))
  return ok([{ currency: parsed.data.currency, leftNanos: parsed.data.balance }])
}

async function names(context: ReadContext): Promise<Result<KnownName[]>> {
  const accounts = await readAccounts(context)
  if (!accounts.ok) return accounts
  return ok(
    accounts.value.flatMap(({ sid, friendly_name: name }) => (name ? [{ kind: 'project', id: sid, name }] : [])),
  )
}
