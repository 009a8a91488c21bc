import { z } from 'zod'

/**
 * What a credential of that name can usually do. The name is all there is to go by: whether this one really can is
 * found out when a person hands it over and the provider is asked.
 */
export const abilities = ['bill', 'broad', 'depends', 'spend', 'logs'] as const
export type Ability = (typeof abilities)[number]

/** A name that was found. There is no place in it for a value. */
export const trace = z.object({
  kind: z.enum(['variable', 'profile', 'file']),
  name: z.string(),
  /** `environment`, or a path; `~` is the home of the person the guard runs as. */
  where: z.string(),
  ability: z.enum(abilities),
})
export type Trace = z.infer<typeof trace>

export const lookRequest = z.object({
  /** Project folders whose dotenv files are looked at as well. `~` is understood. */
  folders: z.array(z.string().trim().min(1).max(4_096)).max(20).default([]),
})

export const discovered = z.object({
  providers: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      /** Whether this version can watch it at all. */
      watchable: z.boolean(),
      /** How many accounts of it are watched already. */
      accounts: z.number().int(),
      traces: z.array(trace),
      /** The least key that reads the bill, and where it is made; null where this version cannot watch. */
      key: z.object({ name: z.string(), help: z.string(), url: z.string() }).nullable(),
      /** What to type once there is a key. */
      command: z.string().nullable(),
    }),
  ),
  /** What could not be looked at, each with the reason. */
  unread: z.array(z.object({ where: z.string(), why: z.string() })),
  /** Why the look ended before everything was seen; null when it did not. */
  stopped: z.string().nullable(),
})
export type Discovered = z.infer<typeof discovered>
