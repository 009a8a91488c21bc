import { t } from '@lingui/core/macro'
import { thresholdText } from './figures.ts'

/** What a rule noted as new, by the names that it keeps (`newSteps` of what it saw). */
const words: Readonly<Record<string, string>> = {
  fast: t`fast`,
  'very fast': t`very fast`,
  unusual: t`unusual`,
  'unusual day': t`unusual day`,
  costly: t`costly`,
  low: t`low`,
  'nearly out': t`nearly out`,
  'often topped up': t`often topped up`,
  'heading over': t`heading over`,
  drift: t`differs from the bill`,
  'newest day': t`newest day`,
  missed: t`missed`,
  lagging: t`late`,
  silent: t`silent`,
  paused: t`paused`,
  burning: t`spend goes on`,
}

/** The steps in words. Of accounts that cannot be seen the rule keeps ids: their names are in what it says. */
export function stepWords(steps: readonly string[]): string[] {
  return steps.flatMap((step) => {
    const day = /^day (\d+)$/.exec(step)?.[1]
    if (day !== undefined) return [t`day ${day}`]
    if (/^[\d.]+%$/.test(step)) return [thresholdText(Number.parseFloat(step))]
    return /^[\d.]+$/.test(step) ? [step] : (words[step] ?? [])
  })
}
