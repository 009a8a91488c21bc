import type { Finding } from '../../electron/detection/finding.ts'
import type { Severity } from '../../shared/alerts.ts'

const graded: Severity[] = ['info', 'warning']

/** Findings of as many budgets, all alike but for one in the middle that is critical. */
export function stormOf(count: number, change: (nth: number) => Partial<Finding> = () => ({})): Finding[] {
  return Array.from({ length: count }, (_, nth) => ({
    identity: `budget:b${nth}:day:1`,
    rule: 'budget',
    ruleId: `b${nth}`,
    scope: 'all',
    severity: nth === Math.floor(count / 2) ? 'critical' : (graded[nth % 2] ?? 'info'),
    steps: ['100%'],
    unsure: false,
    amountNanos: BigInt(1 + nth) * 1_000_000_000n,
    limitNanos: 1_000_000_000n,
    currency: 'USD',
    sinceMs: Date.UTC(2026, 10, 18, 20),
    summary: `b${nth} spent`,
    contributors: [],
    ...change(nth),
  }))
}
