import { z } from 'zod'
import { gravityOf, severity, type Severity } from './alerts.ts'
import { hours } from './hours.ts'
import { scopeText } from './scope.ts'
import { i18n } from './words.ts'

/** A day: whoever is told later than that of something that still goes on is told of history. */
export const longestRungMinutes = 24 * 60

/**
 * When a channel hears an alert: so many minutes after it fired, unless somebody acknowledged it by then (0: at once);
 * only where another channel does not get through; or never.
 */
export const cell = z.union([z.literal('never'), z.literal('backup'), z.number().int().min(0).max(longestRungMinutes)])
export type Cell = z.infer<typeof cell>

/** By channel id, then by severity. What is not in it is as the kind of channel has it by itself. */
export const matrix = z.record(z.string(), z.partialRecord(severity, cell))
export type Matrix = z.infer<typeof matrix>

/** What is different for some alerts. The first that matches counts; what it leaves out is as for all others. */
export const exception = z.object({
  id: z.string(),
  scope: scopeText,
  /** Only alerts that fire within these hours, in the zone of the guard. */
  hours: hours.nullable().default(null),
  matrix,
})
export type Exception = z.infer<typeof exception>

export const routing = z.object({
  matrix: matrix.default({}),
  exceptions: z.array(exception).max(100).default([]),
  /** A channel that has not delivered for so long does not get through: the next one is told. */
  fallbackMinutes: z.number().int().min(1).max(120).default(5),
})
export type Routing = z.infer<typeof routing>

/** As it is kept. The revision is another one after each change, so that of two who change it neither undoes the other. */
export const savedRouting = routing.extend({ revision: z.string() })
export type SavedRouting = z.infer<typeof savedRouting>

/** `revision`: the one that was changed; without it, what is there is replaced whatever it is. */
export const routingChange = routing.extend({ revision: z.string().optional() })

export const plainRouting: Routing = { matrix: {}, exceptions: [], fallbackMinutes: 5 }

/** Without a word from a person every channel hears everything at once; one that costs money what is worth a message. */
export function usualCell(isCostly: boolean, of: Severity): Cell {
  return isCostly && gravityOf(of) < gravityOf('warning') ? 'never' : 0
}

export function cellText(one: Cell): string {
  if (one === 'never') return i18n.t('never')
  if (one === 'backup') return i18n.t('as backup')
  return one === 0 ? i18n.t('at once') : i18n.t('after {minutes} min', { minutes: one })
}

/** Who would hear what, when: for any alert one can think of, before it is there. */
export const previewAlert = z.object({
  severity,
  scope: scopeText.default('all'),
  /** When it fires; now where nothing is said. */
  at: z.iso.datetime().nullable().default(null),
  /** Not saved yet. */
  routing: routing.nullable().default(null),
})

export const hearing = z.object({
  channelId: z.string(),
  channel: z.string(),
  person: z.string().nullable(),
  /** When it is told, if nobody acknowledges before; null: never. */
  at: z.iso.datetime().nullable(),
  cell,
  /** Quiet hours hold it until `at`. */
  isHeld: z.boolean(),
  /** Why this channel cannot hear anything now: gone, or not on this computer. */
  isAbsent: z.boolean(),
})
export type Hearing = z.infer<typeof hearing>
