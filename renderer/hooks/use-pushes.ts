import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { staleCalls } from './stale-calls.ts'
import { useGuard } from './use-guard.ts'
import type { Account } from '../../shared/accounts.ts'
import type { Reply } from '../../shared/ipc.ts'

/** The guard says the same of it when it is asked again. */
function filling<A extends Pick<Account, 'state' | 'fill'>>(account: A, fill: number): A {
  return { ...account, fill, state: account.state === 'new' ? 'filling' : account.state }
}

/** Keeps the screen true to what the guard tells unasked. Mounted once. */
export function usePushes(): void {
  const guard = useGuard()
  const queries = useQueryClient()
  useEffect(() => {
    const stop = [
      guard.on('changed', ({ what }) => {
        const stale = staleCalls(what)
        void queries.invalidateQueries({ predicate: ({ queryKey }) => stale.has(queryKey[0] as never) })
      }),
      guard.on('app', (app) => queries.setQueriesData({ queryKey: ['app:get'] }, app)),
      guard.on('fill', ({ accountId, fill }) => {
        queries.setQueriesData<Reply<'status:get'>>(
          { queryKey: ['status:get'] },
          (status) =>
            status && {
              ...status,
              accounts: status.accounts.map((each) => (each.id === accountId ? filling(each, fill) : each)),
            },
        )
        queries.setQueriesData<Reply<'accounts:list'>>({ queryKey: ['accounts:list'] }, (accounts) =>
          accounts?.map((each) => (each.id === accountId ? filling(each, fill) : each)),
        )
      }),
    ]
    return () => stop.forEach((each) => each())
  }, [guard, queries])
}
