import { ok, type Result } from '../../../shared/result.ts'
import { dayMs, hourMs, minuteMs } from '../../../shared/time.ts'
import type { Auth, CostBucket, Feed, Options, ProviderAdapter, ReadContext, ReadWindow } from '../adapter.ts'
import { within } from '../pages.ts'
import { bigQueryOrigin } from './bigquery.ts'
import { readBill } from './bill.ts'
import { budgetsOrigin, caps } from './budgets.ts'
import { checkKey } from './check-key.ts'
import { inBilledCurrency } from './currency.ts'
import { readGemini } from './gemini.ts'
import { keyKind } from './key.ts'
import { monitoringProjects, settingsOf } from './options.ts'
import { refusal } from './refusal.ts'
import { headersOf, metadataOrigin, signIn } from './sign-in.ts'
import { monitoringOrigin } from './time-series.ts'
import { readVertex } from './vertex.ts'

const counted: Pick<Feed, 'plane' | 'widths' | 'latencyMs' | 'optional' | 'when'> = {
  plane: 'estimate',
  widths: ['minute', 'hour'],
  latencyMs: 5 * minuteMs,
  optional: true,
  when: (options: Options) => monitoringProjects(options).length > 0,
}

/** Google Cloud: the BigQuery billing export bills, Cloud Monitoring counts the tokens of Vertex AI and the Gemini API. */
export const gcp: ProviderAdapter = {
  id: 'gcp',
  origins: [bigQueryOrigin, 'https://oauth2.googleapis.com', monitoringOrigin, budgetsOrigin, metadataOrigin],
  auth: (secret, context): Auth => {
    return async () => {
      const token = await context.tokens.get(context.now(), () => signIn(secret, context))
      return token.ok ? ok(headersOf(token.value)) : token
    }
  },
  refusal,
  feeds: [
    {
      id: 'export',
      plane: 'billed',
      // Rows are of an hour, but come hours to days late: days are read again until they are complete.
      widths: ['day'],
      latencyMs: dayMs,
      matureAfterMs: 2 * dayMs,
      // Corrections of the month before come around the end of a month.
      restatesMs: 62 * dayMs,
      everyMs: hourMs,
      // 10 MiB, the least a query bills, at $6.25 a TiB; the first TiB of a month is free.
      callCostUsd: '0.00006',
    },
    // Some twenty series at $0.50 a million; the first million of a month is free. The Gemini API takes six requests.
    { id: 'vertex', ...counted, callCostUsd: '0.00001' },
    { id: 'gemini', ...counted, everyMs: 2 * minuteMs, callCostUsd: '0.00001' },
  ],
  keyKind,
  checkKey,
  caps,
  async read(context, window) {
    const settings = settingsOf(context.options)
    if (!settings.ok) return settings
    if (window.feed === 'export') return readBill(context.http, settings.value, window)
    const read = counters[window.feed]
    if (!read) throw new RangeError(`no such feed: ${window.feed}`)
    const buckets = await read(context, window)
    if (!buckets.ok) return buckets
    const billed = await inBilledCurrency(context, settings.value, within(buckets.value, window))
    return billed.ok ? ok({ buckets: billed.value }) : billed
  },
}

const counters: Readonly<Record<string, (context: ReadContext, window: ReadWindow) => Promise<Result<CostBucket[]>>>> =
  {
    vertex: readVertex,
    gemini: readGemini,
  }
