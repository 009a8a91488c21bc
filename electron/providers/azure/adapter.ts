import { ok } from '../../../shared/result.ts'
import { dayMs, hourMs } from '../../../shared/time.ts'
import type { ProviderAdapter } from '../adapter.ts'
import { readCosts } from './costs.ts'
import { checkKey, keyKind } from './key.ts'
import { refusal } from './refusal.ts'
import { login, management, signIn } from './sign-in.ts'

/** Azure: Cost Management bills by day, some hours late. It knows nothing of the minute. */
export const azure: ProviderAdapter = {
  id: 'azure',
  // What has no host of its own is asked of the first; the second gets requests for a token and nothing else.
  origins: [management, login],
  auth: signIn,
  refusal,
  feeds: [
    {
      id: 'costs',
      plane: 'billed',
      widths: ['day'],
      latencyMs: dayMs,
      // Pay-as-you-go subscriptions may take up to 72 hours.
      matureAfterMs: 3 * dayMs,
      // New data comes every four hours, and a tenant shares a small quota among all who ask.
      everyMs: 4 * hourMs,
    },
  ],
  keyKind,
  checkKey,
  async read(context, window) {
    const buckets = await readCosts(context, window)
    return buckets.ok ? ok({ buckets: buckets.value }) : buckets
  },
}
