import { t } from '@lingui/core/macro'
import { hoursWords } from './routing-words.ts'
import type { Severity } from '../../../shared/alerts.ts'
import type { Person } from '../../../shared/people.ts'

/** What goes through quiet hours, from a severity on. */
export const passesWords: Record<Severity, string> = {
  critical: t`Critical alerts`,
  warning: t`Warnings and critical alerts`,
  info: t`Everything`,
}

const passingText: Record<Severity, (hours: string) => string> = {
  critical: (hours) => t`Quiet ${hours}, but for critical alerts`,
  warning: (hours) => t`Quiet ${hours}, but for warnings and critical alerts`,
  info: (hours) => t`Quiet ${hours}, but for everything`,
}

/** "Quiet Mon–Fri 22:00–07:00, but for critical alerts · Europe/Berlin" */
export function quietText({ quiet, passes, zone }: Person): string {
  if (quiet === null) return t`No quiet hours`
  const hours = passingText[passes](hoursWords(quiet))
  return zone === null ? hours : `${hours} · ${zone}`
}
