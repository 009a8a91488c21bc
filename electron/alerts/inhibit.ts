import type { RuleKind } from '../../shared/alerts.ts'
import type { AlertRow } from '../storage/alerts.ts'

/** One alert makes another one pointless to tell while it is open. */
interface Inhibition {
  by: RuleKind
  mutes: RuleKind
  /** What the two must have in common. */
  same: 'scope' | 'ruleId'
  /** Only once the limit is crossed. */
  whenOver?: true
}

/**
 * A key that was refused explains why nothing is seen. A budget that is over need not be told that it will be. Near and
 * over the limit are steps of one alert, so they need no line here.
 */
export const inhibitions: readonly Inhibition[] = [
  { by: 'credential', mutes: 'blind', same: 'scope' },
  { by: 'budget', mutes: 'forecast', same: 'ruleId', whenOver: true },
]

/** The alert that speaks for this one just now. */
export function mutedBy(alert: AlertRow, open: readonly AlertRow[]): AlertRow | null {
  const rules = inhibitions.filter(({ mutes }) => mutes === alert.rule)
  if (rules.length === 0) return null
  const speaks = (other: AlertRow) =>
    other.state !== 'pending' &&
    other.state !== 'resolved' &&
    rules.some(
      ({ by, same, whenOver }) =>
        other.rule === by && alert[same] !== null && other[same] === alert[same] && (!whenOver || isOver(other)),
    )
  return open.find(speaks) ?? null
}

function isOver({ amountNanos, limitNanos }: AlertRow): boolean {
  return amountNanos !== null && limitNanos !== null && amountNanos >= limitNanos
}
