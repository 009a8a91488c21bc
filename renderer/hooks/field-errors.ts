import type { z } from 'zod'

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
      ? 'A whole number is needed.'
      : issue.expected === 'number'
        ? 'A number is needed.'
        : 'Fill this in.'
  }
  if (issue.code === 'too_small' && issue.message.startsWith('Too small')) {
    if (issue.origin === 'string') return 'Fill this in.'
    if (issue.origin === 'array') return 'At least one is needed.'
    return issue.inclusive ? `At least ${issue.minimum}.` : `More than ${issue.minimum}.`
  }
  if (issue.code === 'too_big' && issue.message.startsWith('Too big')) {
    return issue.origin === 'string' ? `At most ${issue.maximum} characters.` : `At most ${issue.maximum}.`
  }
  return issue.message
}

/** What a number field holds, for a schema to judge: nothing typed is undefined, not 0. */
export function typedNumber(text: string): number | undefined {
  return text.trim() === '' ? undefined : Number(text)
}
