import type { Alert } from '../../shared/alerts.ts'
import { iso } from '../../shared/time.ts'
import { i18n, moneyInWords } from '../../shared/words.ts'

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
    summary: i18n.t('This is a test. {spent} spent today, 104% of the {limit} budget.', {
      spent: moneyInWords('52.1', 'USD'),
      limit: moneyInWords('50', 'USD'),
    }),
    advice: i18n.t('Nothing to do: somebody pressed "send test".'),
    link: null,
    pattern: null,
    causes: [],
    contributors: [
      { dimension: 'model', name: 'example-model', amount: '31.02' },
      { dimension: 'key', name: i18n.t('example key'), amount: '31.02' },
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
