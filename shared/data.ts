import { z } from 'zod'
import { instant } from './amounts.ts'
import { settings } from './settings.ts'

export const backup = z.object({ name: z.string(), at: instant, bytes: z.number() })
export type Backup = z.infer<typeof backup>

/** What is kept on the computer of the guard. */
export const dataState = z.object({
  folder: z.string(),
  databaseBytes: z.number(),
  /** Left on that disk; null where it cannot be told. */
  freeBytes: z.number().nullable(),
  /** Newest first. */
  backups: z.array(backup),
})
export type DataState = z.infer<typeof dataState>

/** How long fine rows are kept. What is older becomes coarser; no money is lost. */
export const retention = settings.pick({ keepMinutesDays: true, keepHoursDays: true }).required()

/** Rows that would be put together with others if days were kept so long. */
const folding = z.object({
  rows: z.number().int(),
  /** There are more than were counted. */
  isMore: z.boolean(),
  /** The last UTC day that would go. */
  to: z.string(),
})
export const retentionPreview = z.object({ minutes: folding, hours: folding })
export type RetentionPreview = z.infer<typeof retentionPreview>

/** What a person types to delete everything, and what a program sends. */
export const eraseWords = 'delete everything'
export const eraseRequest = z.object({
  confirm: z
    .string()
    .trim()
    .toLowerCase()
    .refine((typed) => typed === eraseWords, { error: `Type “${eraseWords}” to say that you mean it.` }),
})

export const erased = z.object({
  /** What is gone, in words. */
  gone: z.array(z.string()),
  /** What could not be deleted, or is not ours. */
  stays: z.array(z.string()),
})
export type Erased = z.infer<typeof erased>
