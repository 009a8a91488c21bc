import { t } from '@lingui/core/macro'
import type { Alert } from '../shared/alerts.ts'
import { nanosToDecimal, parseNanos } from '../shared/money.ts'
import { instantOf } from './local-time.ts'
import { addDays, dayMs, hourMs, localDay } from '../shared/time.ts'

export interface SnoozeChoice {
  label: string
  untilMs: number
  untilAmount: string | null
}

/** The ready-made snoozes. Each but the last wakes by time alone; the last also when the money doubles. */
export function snoozeChoices(alert: Pick<Alert, 'amount'>, nowMs: number, zone: string): SnoozeChoice[] {
  // By the clock on the wall: nine hours after midnight are ten o'clock on the day the clocks go forward.
  const tomorrow = instantOf(`${addDays(localDay(nowMs, zone), 1)}T09:00`, zone)
  const nanos = alert.amount === null ? null : parseNanos(alert.amount)
  const choices: SnoozeChoice[] = [
    { label: t`1 hour`, untilMs: nowMs + hourMs, untilAmount: null },
    { label: t`4 hours`, untilMs: nowMs + 4 * hourMs, untilAmount: null },
    { label: t`Until tomorrow 9:00`, untilMs: Date.parse(tomorrow ?? ''), untilAmount: null },
  ]
  if (nanos === null || nanos <= 0n) return choices
  return [
    ...choices,
    { label: t`A day, or until it doubles`, untilMs: nowMs + dayMs, untilAmount: nanosToDecimal(nanos * 2n) },
  ]
}
