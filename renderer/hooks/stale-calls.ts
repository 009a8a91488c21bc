import type { CallName, Push } from '../../shared/ipc.ts'

type Changed = Push<'changed'>['what'][number]

const readsOf: Record<Changed, readonly CallName[]> = {
  spend: ['status:get', 'spend:report', 'spend:history', 'spend:outlook'],
  accounts: ['status:get', 'accounts:list', 'caps:list'],
  alerts: ['status:get', 'alerts:list', 'alerts:show', 'metrics:get', 'channels:list'],
  settings: [
    'status:get',
    'settings:get',
    'budgets:list',
    'plans:list',
    'channels:list',
    'routing:get',
    'routing:preview',
    'people:list',
    'heartbeat:get',
    'rates:get',
    'data:get',
  ],
}

/** Which answers on the screen a push has made old. */
export function staleCalls(what: readonly Changed[]): Set<CallName> {
  return new Set(what.flatMap((each) => readsOf[each]))
}
