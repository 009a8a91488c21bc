import { userInfo } from 'node:os'
import { fail } from '../../shared/failures.ts'
import type { GuardClient } from '../../shared/guard-client.ts'
import { ask } from './connect.ts'
import { CommandFailure } from './run.ts'

/** Lists show the first eight characters of an id; they are enough where they are unique. */
export async function wholeId(guard: GuardClient, id: string): Promise<string> {
  if (id.length >= 36) return id
  const matches = await ask(guard, 'alerts:list', { idStart: id, limit: 2 })
  if (matches.length > 1)
    throw new CommandFailure(fail('invalid-input', `Several alerts begin with ${id}. Give more of the id.`), 2)
  return matches[0]?.id ?? id
}

/** Who types, and that it was typed. */
export function byMe(): { by: string; via: 'cli' } {
  try {
    return { by: userInfo().username, via: 'cli' }
  } catch {
    return { by: 'you', via: 'cli' } // a user without a name, as in some containers
  }
}
