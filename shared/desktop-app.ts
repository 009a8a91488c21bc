import { z } from 'zod'
import { instant } from './amounts.ts'

/** Where the app is on its way to a newer version of itself. */
export const updateSteps = ['idle', 'checking', 'available', 'downloading', 'downloaded', 'failed'] as const

export const updateState = z.object({
  /**
   * What is done about a newer version: it is installed after a yes, only told (a package of the system's own manager), or
   * not even looked for (switched off, or started from sources).
   */
  way: z.enum(['install', 'tell', 'none']),
  step: z.enum(updateSteps),
  /** The newer version, as soon as it is known. */
  version: z.string().nullable(),
  /** Share of the download that is here, 0 to 1. */
  share: z.number().min(0).max(1).nullable(),
  checkedAt: instant.nullable(),
  /** Why it failed, or why there are none. */
  message: z.string().nullable(),
})
export type UpdateState = z.infer<typeof updateState>

/** What only the desktop app has: a place among the programs of this computer, and a newer version of itself. */
export const desktopApp = z.object({
  version: z.string(),
  startAtLogin: z.object({
    /** As the system has it, whoever changed it last. */
    on: z.boolean(),
    canChange: z.boolean(),
    /** What a person has to know or do. */
    note: z.string().nullable(),
  }),
  updates: updateState,
})
export type DesktopApp = z.infer<typeof desktopApp>
