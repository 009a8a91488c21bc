import type { z } from 'zod'

/** The first problem of a manifest with its place: `feeds.0.amount: is missing`. */
export function manifestProblem(error: z.ZodError): string {
  const issue = error.issues[0]
  return issue ? placed(issue.path.map(String).join('.'), words(issue)) : 'The manifest cannot be read.'
}

/** The place of something within a manifest, and what is wrong with it. */
export function placed(place: string, problem: string): string {
  return `${place || 'manifest'}: ${problem.replace(/\.$/, '')}.`
}

function words(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `does not know ${issue.keys.map((key) => `"${key}"`).join(', ')}`
  // The words of the schema for a whole choice are about a wrong value; nothing at all is simpler to say.
  if (issue.input === undefined) return 'is missing'
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? 'is no name'
  return issue.message.replace(/^Invalid input: /, '')
}
