import { hoursWords } from './routing-words.ts'
import type { Severity } from '../../../shared/alerts.ts'
import type { Person } from '../../../shared/people.ts'

/** What goes through quiet hours, from a severity on. */
export const passesWords: Record<Severity, string> = {
  critical: 'Critical alerts',
  warning: 'Warnings and critical alerts',
  info: 'Everything',
}

/** "Quiet Mon–Fri 22:00–07:00, but for critical alerts · Europe/Berlin" */
export function quietText({ quiet, passes, zone }: Person): string {
  if (quiet === null) return 'No quiet hours'
  const hours = `Quiet ${hoursWords(quiet)}, but for ${passesWords[passes].toLowerCase()}`
  return zone === null ? hours : `${hours} · ${zone}`
}

/** `Anna`, `Anna and Ben`, `Anna, Ben and Cleo`. */
export function listText(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}
