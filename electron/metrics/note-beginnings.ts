import { parseScope } from '../../shared/scope.ts'
import { hourMs, minuteMs, type TimeRange } from '../../shared/time.ts'
import type { AlertStep } from '../alerts/life-cycle.ts'
import { sumsInScope } from '../detection/finding.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Owners } from '../ledger/owners.ts'
import { beginningIn } from './beginning.ts'

/**
 * Notes when fast spend began, as it fires: minutes are kept for a week only. It is part of the transaction that fires.
 */
export function createBeginnings(parts: {
  ledger: Ledger
  owners: Owners
  table: { noteBegan(id: string, beganAtMs: number): void }
}) {
  return (steps: readonly AlertStep[], nowMs: number): void => {
    for (const { alert, announce } of steps) {
      const scope = parseScope(alert.scope)
      // Where it began longer ago, the rule knows when.
      if (announce !== 'fired' || alert.rule !== 'velocity' || nowMs - alert.sinceMs > hourMs + minuteMs || !scope)
        continue
      const spentIn = (range: TimeRange) =>
        sumsInScope(parts.ledger.between(range, nowMs).parts.map(parts.owners.own), scope).get(alert.currency) ?? 0n
      parts.table.noteBegan(alert.id, beginningIn({ fromMs: alert.sinceMs, toMs: alert.asOfMs ?? nowMs }, spentIn))
    }
  }
}
