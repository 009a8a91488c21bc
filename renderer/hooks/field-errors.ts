import { t } from '@lingui/core/macro'
import type { z } from 'zod'
import { inWords } from '../../shared/words.ts'

/** Field path such as `limit` or `thresholds.1.percent` -> what is wrong with it. */
export type FieldErrors = Record<string, string>

/** The first message of every field; a field is named by its path. */
export function fieldErrors(error: z.ZodError): FieldErrors {
  const errors: FieldErrors = {}
  for (const issue of error.issues) errors[issue.path.join('.')] ??= plainMessage(issue)
  return errors
}

/** The schema's own sentence; zod's default ones ("Too small: expected number…") in words for people. */
function plainMessage(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input')) {
    return issue.expected === 'int'
      ? t`A whole number is needed.`
      : issue.expected === 'number'
        ? t`A number is needed.`
        : t`Fill this in.`
  }
  if (issue.code === 'too_small' && issue.message.startsWith('Too small')) {
    if (issue.origin === 'string') return t`Fill this in.`
    if (issue.origin === 'array') return t`At least one is needed.`
    const minimum = String(issue.minimum)
    return issue.inclusive ? t`At least ${minimum}.` : t`More than ${minimum}.`
  }
  if (issue.code === 'too_big' && issue.message.startsWith('Too big')) {
    const maximum = String(issue.maximum)
    return issue.origin === 'string' ? t`At most ${maximum} characters.` : t`At most ${maximum}.`
  }
  return inWords(issue.message)
}

/** What a number field holds, for a schema to judge: nothing typed is undefined, not 0. */
export function typedNumber(text: string): number | undefined {
  return text.trim() === '' ? undefined : Number(text)
}
