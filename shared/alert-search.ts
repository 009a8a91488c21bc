import { z } from 'zod'
import { alertStates, ruleKinds, severities } from './alerts.ts'
import { dayOrInstant } from './spend.ts'

/** Which alerts; null: whichever. */
export const alertSearch = z.object({
  state: z
    .enum([...alertStates, 'open'])
    .nullable()
    .default(null),
  /** Words that all occur in what is said of it: summary, scope, contributors, causes, notes. */
  search: z.string().trim().max(200, { error: 'A search has at most 200 characters.' }).nullable().default(null),
  /** First and last day on which it opened, in the guard's zone, or instants. */
  since: dayOrInstant.nullable().default(null),
  until: dayOrInstant.nullable().default(null),
  rule: z.enum(ruleKinds).nullable().default(null),
  severity: z.enum(severities).nullable().default(null),
  /** Such as `account:ID` or `project:web`. */
  scope: z.string().nullable().default(null),
  /** How its id begins. */
  idStart: z.string().min(1).nullable().default(null),
  /** Id of the last alert of the page before. */
  after: z.string().nullable().default(null),
  limit: z.number().int().min(1).max(1_000).default(200),
})
export type AlertSearchRequest = z.output<typeof alertSearch>

export const alertExportFormats = ['csv', 'json'] as const
export type AlertExportFormat = (typeof alertExportFormats)[number]

export const alertExport = z.object({
  format: z.enum(alertExportFormats),
  since: dayOrInstant.nullable().default(null),
  until: dayOrInstant.nullable().default(null),
  /** Where the piece before ended; null for the first. */
  after: z.string().nullable().default(null),
})

/** A long file comes in pieces: `next` goes into the request of the next one; null after the last. */
export const alertExportPiece = z.object({
  text: z.string(),
  /** How many alerts are in it. */
  rows: z.number().int(),
  next: z.string().nullable(),
})
