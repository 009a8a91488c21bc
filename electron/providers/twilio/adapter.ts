import { dayMs, hourMs, minuteMs } from '../../../shared/time.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { KnownName, ProviderAdapter, ReadContext } from '../adapter.ts'
import { caps } from './caps.ts'
import { checkKey, keyKind, refusal } from './key.ts'
import { readAccounts } from './records.ts'
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
}

async function names(context: ReadContext): Promise<Result<KnownName[]>> {
  const accounts = await readAccounts(context)
  if (!accounts.ok) return accounts
  return ok(
    accounts.value.flatMap(({ sid, friendly_name: name }) => (name ? [{ kind: 'project', id: sid, name }] : [])),
  )
}
