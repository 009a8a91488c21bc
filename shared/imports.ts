import { z } from 'zod'
import { amount, currency } from './amounts.ts'
import { failure } from './failures.ts'

export const importFormats = ['focus'] as const

/** Bytes of a file that travel at once: base64 of them fits into a request of the local server. */
export const pieceBytes = 512 * 1_024

/** A piece of a file that a person chose in a page. */
export const uploadRequest = z.object({
  /** Null for the first piece of a file. */
  upload: z.string().nullable().default(null),
  name: z.string().min(1).max(300),
  /** How many bytes came before it. */
  at: z.number().int().min(0),
  piece: z.base64().max(Math.ceil(pieceBytes / 3) * 4),
})

export const importRequest = z
  .object({
    format: z.enum(importFormats),
    accountId: z.string().min(1),
    /** Absolute paths on the computer of the guard, which reads them itself. Parts of one delivery go together. */
    files: z.array(z.string().min(1).max(4_096)).max(1_000).default([]),
    /** Files that were uploaded, by what the first piece was answered. They are gone after the import. */
    uploads: z.array(z.string()).max(1_000).default([]),
  })
  .refine(({ files, uploads }) => files.length + uploads.length > 0, {
    error: 'Name the file to import.',
    path: ['files'],
  })

/** One import, under way or over. */
export const importState = z.object({
  id: z.string(),
  state: z.enum(['reading', 'storing', 'done', 'failed']),
  lines: z.number().int(),
  failure: failure.nullable(),
  /** Days of which the ledger now says something else; null before it is done. */
  changedDays: z.number().int().nullable(),
  /** What the files add up to. */
  totals: z.array(z.object({ currency, amount })),
  bills: z.array(
    z.object({
      issuer: z.string(),
      billingAccount: z.string(),
      from: z.string(),
      to: z.string(),
      days: z.number().int(),
    }),
  ),
  /** There were too many kinds of spend to keep apart, so that some were put together by service. */
  merged: z.boolean(),
})
export type ImportState = z.infer<typeof importState>
