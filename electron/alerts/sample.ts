import type { Alert } from '../../shared/alerts.ts'
import { iso } from '../../shared/time.ts'
import { i18n } from '../../shared/words.ts'

/** What "send test" says. */
export function sampleAlert(nowMs: number): Alert {
  const at = iso(nowMs)
  return {
    id: 'test',
    state: 'firing',
    severity: 'info',
    rule: 'budget',
    ruleId: null,
    scope: 'all',
    scopeLabel: 'everything',
    openedAt: at,
    updatedAt: at,
    resolvedAt: null,
    since: at,
    amount: '52.1',
    limit: '50',
    currency: 'USD',
    summary: 'This is a test. $52.10 spent today, 104% of the $50.00 budget.',
    advice: i18n.t('Nothing to do: somebody pressed "send test".'),
    link: null,
    pattern: null,
    causes: [],
    contributors: [
      { dimension: 'model', name: 'example-model', amount: '31.02' },
      { dimension: 'key', name: 'example key', amount: '31.02' },
    ],
    snoozedUntil: null,
    snoozedUntilAmount: null,
    asOf: at,
    mutedBy: null,
    deliveries: [],
    history: [],
    verdicts: [],
  }
}
