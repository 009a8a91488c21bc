import { z } from 'zod'
import { severity } from './alerts.ts'
import { zoneName } from './budgets.ts'
import { hours } from './hours.ts'

/** Somebody whom channels reach, and when they would rather not be reached. */
export const person = z.object({
  name: z.string().trim().min(1, { error: 'Give the person a name.' }).max(80),
  /** When messages wait and come as one digest afterwards. Null: never. */
  quiet: hours.nullable().default(null),
  /** From this severity on, messages pass through quiet hours. */
  passes: severity.default('critical'),
  /** Null: the zone of the guard. */
  zone: zoneName.nullable().default(null),
})
export type Person = z.infer<typeof person>

/** `was`: how somebody was called up to now, who gets another name. Channels that reach them go on doing so. */
export const personEntry = person.extend({ was: z.string().optional() })
