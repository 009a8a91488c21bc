import type { Contributor } from '../../../shared/alerts.ts'
import { formatMoney } from '../../../shared/money.ts'
import type { Message } from './channel.ts'

/** The words of an alert, shared by all channels: what, how much, since when, by whom, what to do. */
export function headline({ alert, occasion }: Message): string {
  const what =
    alert.scopeLabel === 'everything' ? titles[alert.rule] : `${alert.scopeLabel}: ${titles[alert.rule].toLowerCase()}`
  if (occasion === 'test') return 'Test: this is how an alert looks'
  if (occasion === 'resolved') return `Resolved: ${what}`
  return what
}

const titles = {
  budget: 'Budget threshold crossed',
  velocity: 'Spending fast',
  calibration: 'Bill and prices disagree',
  credential: 'Not watched: the key was refused',
  ledger: 'The database was damaged',
} as const

/** At most four short lines, most important first: somebody reads them at three in the morning. */
export function lines({ alert, occasion }: Message): string[] {
  if (occasion === 'resolved') return [alert.summary, endNote(alert.history.at(-1)?.note)].filter(Boolean)
  return [alert.summary, whoText(alert.contributors, alert.currency), alert.advice].filter(Boolean)
}

function endNote(note: string | undefined): string {
  return note ?? ''
}

export function whoText(contributors: readonly Contributor[], currency: string): string {
  return (['key', 'model', 'project'] as const)
    .flatMap((dimension) => contributors.filter((one) => one.dimension === dimension).slice(0, 1))
    .map((one) => `${one.dimension} ${one.name}: ${formatMoney(one.amount, currency, 'en-US')}`)
    .join(', ')
}
