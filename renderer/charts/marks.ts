import { gravityOf, type Alert } from '../../shared/alerts.ts'
import { parseScope } from '../../shared/scope.ts'
import { hourMs, localDay } from '../../shared/time.ts'
import type { History, StepWidth } from '../../shared/spend.ts'

/** The alerts that opened within one step, gravest first. */
export interface Mark {
  index: number
  step: string
  alerts: Alert[]
}

export function marksOf(
  alerts: readonly Alert[],
  { steps, zone, scopes }: Pick<History, 'steps' | 'zone' | 'scopes'>,
  step: StepWidth,
): Mark[] {
  const indexes = new Map(steps.map((each, index) => [each, index]))
  const indexOf = (instant: string) =>
    step === 'hour' ? hourIndex(steps, Date.parse(instant)) : indexes.get(dayOrMonth(instant, step, zone))
  const marks = new Map<number, Alert[]>()
  for (const alert of alerts) {
    const index = indexOf(alert.openedAt)
    if (index === undefined || !isAbout(alert, scopes)) continue
    marks.set(index, [...(marks.get(index) ?? []), alert])
  }
  return [...marks]
    .sort(([a], [b]) => a - b)
    .map(([index, found]) => ({
      index,
      step: steps[index] ?? '',
      alerts: found.sort((a, b) => gravityOf(b.severity) - gravityOf(a.severity)),
    }))
}

function dayOrMonth(instant: string, step: 'day' | 'month', zone: string): string {
  return localDay(Date.parse(instant), zone).slice(0, step === 'day' ? 10 : 7)
}

/** The first hour of a day may be half a one, where the day begins within it. */
function hourIndex(steps: readonly string[], atMs: number): number | undefined {
  const index = steps.findLastIndex((step) => Date.parse(step) <= atMs)
  return index >= 0 && atMs - Date.parse(steps[index] ?? '') < hourMs ? index : undefined
}

/** Whether an alert is about what is shown: by its own scope, or because some of its money went there. */
function isAbout(alert: Alert, scopes: History['scopes']): boolean {
  if (scopes.length === 0) return true
  return scopes.some(({ scope, label }) => {
    const parsed = parseScope(scope)
    if (!parsed) return false
    const names = [parsed.name, label]
    return (
      names.some((name) => alert.scope === `${parsed.kind}:${name}`) ||
      alert.contributors.some(({ dimension, name }) => dimension === parsed.kind && names.includes(name))
    )
  })
}
