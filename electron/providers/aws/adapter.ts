import { ok } from '../../../shared/result.ts'
import { dayMs, hourMs, minuteMs } from '../../../shared/time.ts'
import type { ProviderAdapter } from '../adapter.ts'
import { readBedrock } from './bedrock.ts'
import { readCosts } from './costs.ts'
import { checkKey, keyKind } from './key.ts'
import { listOption } from '../list-option.ts'
import { refusal } from './refusal.ts'
import { cloudWatch, costExplorer, identity, regions } from './regions.ts'
import { signer } from './sign.ts'

/** AWS: Cost Explorer bills all there is, a day late and for a cent; CloudWatch counts Bedrock's tokens by the minute. */
export const aws: ProviderAdapter = {
  id: 'aws',
  origins: [costExplorer, identity, ...regions.map(cloudWatch)],
  auth: signer,
  refusal,
  feeds: [
    {
      id: 'costs',
      plane: 'billed',
      widths: ['day'],
      // "At least once every 24 hours", and a day is complete some hours later.
      latencyMs: dayMs,
      matureAfterMs: 2 * dayMs,
      // A month is an estimate until it is closed, some days into the next; credits and refunds come later still, so the
      // month before is read whole. An answer costs a cent, however many days are in it.
      restatesMs: 62 * dayMs,
      everyMs: 12 * hourMs,
      callCostUsd: '0.01',
    },
    {
      id: 'bedrock',
      plane: 'estimate',
      widths: ['minute', 'hour'],
      latencyMs: 5 * minuteMs,
      optional: true,
      everyMs: 5 * minuteMs,
      // A thousand metrics for a cent: of one region with four models, four metrics each.
      callCostUsd: '0.00016',
      when: (options) => listOption(options, 'regions').length > 0,
    },
  ],
  keyKind,
  checkKey,
  async read(context, window) {
    const buckets = window.feed === 'bedrock' ? await readBedrock(context, window) : await readCosts(context, window)
    return buckets.ok ? ok({ buckets: buckets.value }) : buckets
  },
}
