import { keys, type StandIn } from './stand-in.ts'
import type { ServedGuard } from './serve.ts'
import { createGuardOverHttp } from '../../../electron/api/guard-over-http.ts'
import type { CallName, Reply, Request } from '../../../shared/ipc.ts'

export type Ask = <N extends CallName>(name: N, request: Request<N>) => Promise<Reply<N>>

/** Asks a guard directly; a failure fails the test. */
export function asker({ url, token }: ServedGuard): Ask {
  const client = createGuardOverHttp({ url, token, fetch })
  return async (name, request) => {
    const result = await client.call(name, request)
    if (!result.ok) throw new Error(`${name}: ${result.failure.kind}, ${result.failure.message}`)
    return result.value
  }
}

/** A guard in use: one account with its history, budgets, and a Discord channel. */
export async function fillGuard(guard: ServedGuard, standIn: StandIn): Promise<Ask> {
  const ask = asker(guard)
  await ask('settings:change', { usageEverySeconds: 2 })
  await ask('channels:add', { kind: 'discord', label: 'Discord #ops', secret: standIn.webhookUrl })
  const account = await ask('accounts:add', {
    provider: 'openai',
    label: 'OpenAI production',
    workspace: 'Product',
    baseUrl: standIn.openaiUrl,
    secret: keys.admin,
  })
  await ask('budgets:set', { limit: '100', period: 'day', scope: 'all' })
  await ask('budgets:set', { limit: '4000', period: 'month', scope: 'all' })
  await ask('budgets:set', { limit: '40', period: 'day', scope: 'project:Search' })
  for (;;) {
    const now = (await ask('accounts:list', {})).find(({ id }) => id === account.id)
    if (now?.state === 'ok') return ask
    if (now?.failure) throw new Error(now.failure.message)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
