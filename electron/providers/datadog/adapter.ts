import { dayMs, hourMs } from '../../../shared/time.ts'
import type { Feed, ProviderAdapter } from '../adapter.ts'
import { checkKey, keyKind, partsOf } from './key.ts'
import { read, refusal } from './read.ts'
import { origins } from './sites.ts'

/** Datadog's own estimate is its bill of a month until the month's invoice. It is three days late at most. */
const cost: Feed = {
  id: 'estimated_cost',
  plane: 'billed',
  widths: ['day'],
  latencyMs: 3 * dayMs,
  matureAfterMs: 4 * dayMs,
  everyMs: 4 * hourMs,
  // This month and the one before.
  keepsMs: 62 * dayMs,
}

/** Datadog: what the month has cost so far, day over day, by organization and product. */
export const datadog: ProviderAdapter = {
  id: 'datadog',
  origins,
  auth: (secret) => {
    const [apiKey, applicationKey] = partsOf(secret)
    return { 'dd-api-key': apiKey, 'dd-application-key': applicationKey }
  },
  refusal,
  feeds: [cost],
  keyKind,
  checkKey,
  read,
}
