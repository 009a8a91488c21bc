import { t } from '@lingui/core/macro'
import { parseReply, parsePush } from './replies.ts'
import { fail } from '../shared/failures.ts'
import type { GuardClient } from '../shared/guard-client.ts'
import { err } from '../shared/result.ts'

/** What the Electron preload exposes: one function per call, by its name. */
export interface ShellBridge {
  calls: Record<string, (request: unknown) => Promise<unknown>>
  on(name: string, listener: (push: unknown) => void): () => void
}

export function createShellClient(shell: ShellBridge): GuardClient {
  return {
    async call(name, request) {
      const ask = shell.calls[name]
      if (!ask) return err(fail('internal', t`This window does not offer ${name}.`))
      try {
        return parseReply(name, await ask(request))
      } catch {
        return err(fail('unreachable-guard', t`The guard did not answer. Restart API Spend Guard.`))
      }
    },
    on: (name, listener) =>
      shell.on(name, (push) => {
        const parsed = parsePush(name, push)
        if (parsed !== null) listener(parsed)
      }),
  }
}
