import { gravityOf, type Alert } from '../../shared/alerts.ts'
import { parseScope } from '../../shared/scope.ts'
import { localDay } from '../../shared/time.ts'
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
  const marks = new Map<number, Alert[]>()
  for (const alert of alerts) {
    const index = indexes.get(stepOf(alert.openedAt, step, zone))
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

function stepOf(instant: string, step: StepWidth, zone: string): string {
  const atMs = Date.parse(instant)
  if (step === 'hour') return new Date(Math.floor(atMs / 3_600_000) * 3_600_000).toISOString()
  return localDay(atMs, zone).slice(0, step === 'day' ? 10 : 7)
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
