import type { Contributor } from '../../../shared/alerts.ts'
import { formatMoney } from '../../../shared/money.ts'
import type { Message } from './channel.ts'

/** Names come from providers and may be endless; what stands beside them must still be read. */
export const longestName = 80

/** The words of an alert, shared by all channels: what, how much, since when, by whom, what to do. */
export function headline({ alert, occasion }: Message): string {
  const what =
    alert.scopeLabel === 'everything'
      ? titles[alert.rule]
      : `${cut(alert.scopeLabel, longestName)}: ${titles[alert.rule].toLowerCase()}`
  if (occasion === 'test') return 'Test: this is how an alert looks'
  if (occasion === 'resolved') return `Resolved: ${what}`
  return what
}

const titles = {
  budget: 'Budget threshold crossed',
  velocity: 'Spending fast',
  anomaly: 'Unusual spend',
  forecast: 'Heading past the budget',
  calibration: 'Bill and prices disagree',
  credential: 'Not watched: the key was refused',
  balance: 'Prepaid money',
  blind: 'Not seen',
} as const

/** At most five short lines, most important first: somebody reads them at three in the morning. */
export function lines({ alert, occasion }: Message): string[] {
  if (occasion === 'resolved') return [alert.summary, endNote(alert.history.at(-1)?.note)].filter(Boolean)
  return [alert.summary, alert.causes[0] ?? '', whoText(alert.contributors, alert.currency), alert.advice].filter(
    Boolean,
  )
}

function endNote(note: string | undefined): string {
  return note ?? ''
}

export function whoText(contributors: readonly Contributor[], currency: string): string {
  return (['key', 'model', 'project'] as const)
    .flatMap((dimension) => contributors.filter((one) => one.dimension === dimension).slice(0, 1))
    .map((one) => `${one.dimension} ${cut(one.name, longestName)}: ${formatMoney(one.amount, currency, 'en-US')}`)
    .join(', ')
}

/** At most so many UTF-16 units, never half a character: JSON with half of one is refused by some. */
export function cut(text: string, longest: number): string {
  const clean = text.toWellFormed().trim()
  return clean.length <= longest ? clean : `${clean.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
