import type { z } from 'zod'

/** Field path such as `limit` or `thresholds.1.percent` -> the schema's message. */
export type FieldErrors = Record<string, string>

/** The first message of every field; a field is named by its path. */
export function fieldErrors(error: z.ZodError): FieldErrors {
  const errors: FieldErrors = {}
  for (const issue of error.issues) errors[issue.path.join('.')] ??= issue.message
  return errors
}
