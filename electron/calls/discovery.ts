import { ok } from '../../shared/result.ts'
import { look } from '../discovery/look.ts'
import { present } from '../discovery/present.ts'
import type { System } from '../system.ts'
import type { Handlers } from './handlers.ts'

/** Looks in the process of the guard; names cross to whoever asked, values are not read in the first place. */
export function discoveryCalls(parts: {
  system: System
  accounts(): readonly { provider: string }[]
}): Pick<Handlers, 'discovery:look'> {
  return {
    // A guard stands in no folder that means anything to a person; the command line does, and looks for itself.
    'discovery:look': async ({ folders }) =>
      ok(present(await look(parts.system.computer, { folders, standingIn: null }), parts.accounts())),
  }
}
