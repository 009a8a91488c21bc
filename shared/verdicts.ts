import { z } from 'zod'

/** real: a true problem. false: a false alarm. expected: true, and planned or welcome. */
export const verdicts = ['real', 'false', 'expected'] as const
export type Verdict = (typeof verdicts)[number]

export const verdictWords: Record<Verdict, string> = {
  real: 'a real problem',
  false: 'a false alarm',
  expected: 'expected',
}

export const verdictNote = z.string().trim().max(500, { error: 'A note has at most 500 characters.' })
