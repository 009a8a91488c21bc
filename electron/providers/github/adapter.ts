import { dayMs, hourMs } from '../../../shared/time.ts'
import type { ProviderAdapter } from '../adapter.ts'
import { caps } from './caps.ts'
import { checkKey, keyKind } from './key.ts'
import { read, refusal } from './read.ts'

/** GitHub: the usage report of an organization or a person, by day, repository and product. */
export const github: ProviderAdapter = {
  id: 'github',
  origins: ['https://api.github.com'],
  auth: (secret) => ({ authorization: `Bearer ${secret}` }),
  headers: { accept: 'application/vnd.github+json', 'x-github-api-version': '2026-03-10' },
  refusal,
  feeds: [
    { id: 'usage', plane: 'billed', widths: ['day'], latencyMs: dayMs, matureAfterMs: 2 * dayMs, everyMs: hourMs },
  ],
  keyKind,
  checkKey,
  read,
  caps,
}
