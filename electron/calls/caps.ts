import { err, ok } from '../../shared/result.ts'
import type { Caps } from '../caps.ts'
import type { AccountsTable } from '../storage/accounts.ts'
import { unknownAccount } from './accounts.ts'
import type { Handlers } from './handlers.ts'

export function capCalls(parts: {
  caps: Caps
  accounts: AccountsTable
  onChange(): void
}): Pick<Handlers, 'caps:list' | 'caps:read'> {
  const { caps, accounts } = parts
  return {
    'caps:list': () => ok(accounts.list().map(caps.audit)),
    'caps:read': async ({ accountId }) => {
      const chosen = accounts.list().filter(({ id }) => accountId === null || id === accountId)
      if (accountId !== null && chosen.length === 0) return err(unknownAccount(accountId))
      await Promise.all(chosen.map(caps.read))
      parts.onChange()
      return ok(chosen.map(caps.audit))
    },
  }
}
