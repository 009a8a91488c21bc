import { dayMs, hourMs } from '../../../shared/time.ts'
import type { Feed, ProviderAdapter } from '../adapter.ts'
import { checkKey, keyKind } from './key.ts'
import { read, refusal } from './read.ts'

/** A day appears on the next one. */
const usage: Feed = {
  id: 'usage',
  plane: 'billed',
  widths: ['day'],
  latencyMs: 36 * hourMs,
  matureAfterMs: 2 * dayMs,
  everyMs: hourMs,
}

/** Cloudflare: the billable usage of an account, by day, service and zone. */
export const cloudflare: ProviderAdapter = {
  id: 'cloudflare',
  origins: ['https://api.cloudflare.com'],
  auth: (secret) => ({ authorization: `Bearer ${secret}` }),
  refusal,
  feeds: [usage],
  keyKind,
  checkKey,
  read,
}
