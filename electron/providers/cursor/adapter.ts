import { hourMs, minuteMs } from '../../../shared/time.ts'
import type { ProviderAdapter } from '../adapter.ts'
import { checkKey, keyKind } from './key.ts'
import { names, readSpend } from './spend.ts'

/** Cursor: what each member of a team has cost since the billing cycle began. */
export const cursor: ProviderAdapter = {
  id: 'cursor',
  origins: ['https://api.cursor.com'],
  // The key is the user name, and there is no password.
  auth: (secret) => ({ authorization: `Basic ${btoa(`${secret}:`)}` }),
  feeds: [
    {
      id: 'spend',
      plane: 'estimate',
      widths: ['minute'],
      // Cursor sums up usage by the hour. A team may ask twenty times a minute, and a large one takes several pages.
      latencyMs: hourMs,
      everyMs: 5 * minuteMs,
      source: 'counter',
    },
  ],
  keyKind,
  checkKey,
  names,
  readCounters: readSpend,
}
