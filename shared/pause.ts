import { z } from 'zod'
import { instant } from './amounts.ts'
import { i18n } from './words.ts'

/** The guard reads nothing, because a person wants that: since when, and until when it goes on by itself. */
export const pause = z.object({
  since: instant,
  /** Null: until somebody resumes it. */
  until: instant.nullable(),
})
export type Pause = z.infer<typeof pause>

/** As part of a sentence: "paused until ...". */
export function pauseEnd({ until }: Pause, at: (instant: string) => string = (instant) => instant): string {
  return until === null ? i18n.t('until somebody resumes it') : i18n.t('until {time}', { time: at(until) })
}
