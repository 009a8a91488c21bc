import { setTimeout as sleep } from 'node:timers/promises'
import { keys, type Providers } from './providers.ts'
import type { ServedGuard } from './serve.ts'
import { createGuardOverHttp } from '../../../electron/api/guard-over-http.ts'
import type { GuardClient } from '../../../shared/guard-client.ts'
import type { CallName, Reply, Request } from '../../../shared/ipc.ts'

export type Ask = <N extends CallName>(name: N, request: Request<N>) => Promise<Reply<N>>

/** Asks a guard directly; a failure fails the test. */
export function asking(guard: Pick<GuardClient, 'call'>): Ask {
  return async (name, request) => {
    const result = await guard.call(name, request)
    if (!result.ok) throw new Error(`${name}: ${result.failure.kind}, ${result.failure.message}`)
    return result.value
  }
}

export function asker({ url, token }: ServedGuard): Ask {
  return asking(createGuardOverHttp({ url, token, fetch }))
}

/** A served guard in use, which looks every two seconds. */
export async function fillGuard(guard: ServedGuard, providers: Providers): Promise<Ask> {
  const ask = asker(guard)
  await ask('settings:change', { usageEverySeconds: 2 })
  const { openaiUrl, anthropicUrl, discord } = providers
  await fillIn(ask, { openaiUrl, anthropicUrl, webhookUrl: discord.webhookUrl, now: Date.now }, () => sleep(200))
  return ask
}

interface Surroundings {
  openaiUrl?: string
  anthropicUrl?: string
  webhookUrl: string
  now(): number
}

/** Two accounts with their history, budgets, two channels and whom they reach. */
export async function fillIn(ask: Ask, around: Surroundings, wait: () => Promise<unknown>): Promise<void> {
  await ask('channels:add', { kind: 'discord', label: 'Discord #ops', secret: around.webhookUrl })
  await ask('accounts:add', {
    provider: 'openai',
    label: 'OpenAI production',
    workspace: 'Product',
    baseUrl: around.openaiUrl,
    secret: keys.openai,
  })
  await ask('accounts:add', {
    provider: 'anthropic',
    label: 'Anthropic support',
    workspace: 'Support',
    baseUrl: around.anthropicUrl,
    secret: keys.anthropic,
  })
  await ask('budgets:set', { limit: '100', period: 'day', scope: 'all' })
  await ask('budgets:set', { limit: '6000', period: 'month', scope: 'all' })
  await ask('budgets:set', { limit: '40', period: 'day', scope: 'project:research' })
  const day = (offset: number) => new Date(around.now() + offset * 86_400_000).toISOString().slice(0, 10)
  await ask('plans:add', { limit: '120', from: day(0), to: day(2), scope: 'workspace:Support', note: 'Support week' })
  await ask('people:save', { name: 'Anna', quiet: { from: '22:00', to: '07:00' }, zone: 'Europe/Lisbon' })
  await ask('people:save', { name: 'Ben' })
  const phone = await ask('channels:add', {
    kind: 'discord',
    label: 'Anna’s phone',
    person: 'Anna',
    secret: `${around.webhookUrl}?thread_id=1`,
  })
  await ask('routing:set', {
    matrix: { [phone.id]: { critical: 15, warning: 'backup', info: 'never' } },
    exceptions: [
      {
        id: 'support',
        scope: 'workspace:Support',
        hours: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00' },
        matrix: { [phone.id]: { critical: 0, warning: 30 } },
      },
    ],
  })
  for (;;) {
    const accounts = await ask('accounts:list', {})
    if (accounts.every(({ state }) => state === 'ok')) return
    const failed = accounts.find(({ failure }) => failure)?.failure
    if (failed) throw new Error(failed.message)
    await wait()
  }
}
