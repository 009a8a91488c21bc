import { gravityOf, type Severity } from '../../shared/alerts.ts'
import { minuteMs, secondMs } from '../../shared/time.ts'

/** What starts within this time of a message goes into the next one together. */
export const groupMs = 30 * secondMs

/** So many messages within so long are a storm: what follows is gathered for longer. */
export const storm = { messages: 5, withinMs: 10 * minuteMs, groupMs: 5 * minuteMs } as const

/** One message that a channel was sent about something that began. */
export interface SentMessage {
  atMs: number
  /** The gravest of what it told. */
  severity: Severity
}

/**
 * Until when a message to a channel waits for others to go with; null: it goes at once. The first one never waits, nor
 * does what is graver than all that was told within the time.
 */
export function waitsUntil(sent: readonly SentMessage[], severity: Severity, nowMs: number): number | null {
  const isStorm = sent.filter(({ atMs }) => nowMs - atMs < storm.withinMs).length >= storm.messages
  const windowMs = isStorm ? storm.groupMs : groupMs
  const recent = sent.filter(({ atMs }) => nowMs - atMs < windowMs)
  if (recent.length === 0) return null
  if (recent.every((one) => gravityOf(one.severity) < gravityOf(severity))) return null
  return Math.max(...recent.map(({ atMs }) => atMs)) + windowMs
}
