import { dayMs, hourMs } from '../../../shared/time.ts'
import type { Feed, ProviderAdapter } from '../adapter.ts'
import { checkKey, keyKind } from './key.ts'
import { read, refusal } from './read.ts'

/** A day appears once it is over in California, and each read brings a whole month, which may be some 15 MB. */
const charges: Feed = {
  id: 'charges',
  plane: 'billed',
  widths: ['day'],
  latencyMs: 36 * hourMs,
  matureAfterMs: 2 * dayMs,
  everyMs: 6 * hourMs,
}

/** Vercel: the charges of a team, by day, project and service. */
export const vercel: ProviderAdapter = {
  id: 'vercel',
  origins: ['https://api.vercel.com'],
  auth: (secret) => ({ authorization: `Bearer ${secret}` }),
  refusal,
  feeds: [charges],
  keyKind,
  checkKey,
  read,
}
