import { iso } from '../../shared/time.ts'
import { ok } from '../../shared/result.ts'
import type { Failure } from '../../shared/failures.ts'
import { ratesSourceText, type RatesState } from '../../shared/rate-notes.ts'
import { pauseEnd, type Pause } from '../../shared/pause.ts'
import type { Account } from '../../shared/accounts.ts'
import type { Reply } from '../../shared/ipc.ts'
import { declaredFor } from '../providers/adapter.ts'
import { adapters } from '../providers/registry.ts'
import type { System } from '../system.ts'
import type { HeartbeatState } from '../heartbeat.ts'
import type { Handlers } from './handlers.ts'
import { i18n, sentences } from '../../shared/words.ts'

type Check = Reply<'doctor:run'>['checks'][number]

export interface TriedChannel {
  id: string
  label: string
  /** False for a desktop notification where there is no desktop. */
  available: boolean
  lastFailure: Failure | null
  lastDeliveredAtMs: number | null
}

/** A provider's clock and ours may differ by this much before days and hours come out wrong. */
const largestSkewMs = 120_000

export function doctorCalls(parts: {
  system: System
  accounts(): Account[]
  channels(): TriedChannel[]
  /** What is wrong with the database, or null. */
  integrity(): Promise<string | null>
  heartbeat(): HeartbeatState | null
  rates(): RatesState
  pause(): Pause | null
}): Pick<Handlers, 'doctor:run'> {
  const { system } = parts
  return {
    'doctor:run': async () => {
      const accounts = parts.accounts()
      const checks: Check[] = [
        await keychain(system),
        database(await parts.integrity()),
        clock(system),
        await network(system, accounts),
      ]
      const paused = parts.pause()
      if (paused) checks.push(pauseCheck(paused, parts.heartbeat() !== null))
      for (const account of accounts) checks.push(source(account))
      if (accounts.length === 0)
        checks.push({
          name: 'accounts',
          state: 'warning',
          message: i18n.t('No account yet. Add one: spend-guard accounts add openai --label "My company"'),
        })
      for (const channel of parts.channels()) checks.push(tried(channel))
      const beat = parts.heartbeat()
      if (beat) checks.push(heartbeatCheck(beat))
      const rates = parts.rates()
      if (rates.needed) checks.push(ratesCheck(rates))
      return ok({ checks })
    },
  }
}

async function keychain(system: System): Promise<Check> {
  const found = await system.secrets.check()
  return found.ok
    ? {
        name: 'secrets',
        state: 'ok',
        message:
          system.secrets.kind === 'vault'
            ? i18n.t('Keys are kept in the encrypted vault file.')
            : i18n.t('Keys are kept in the keychain of this computer.'),
      }
    : { name: 'secrets', state: 'failed', message: found.failure.message }
}

function database(problem: string | null): Check {
  return problem === null
    ? { name: 'database', state: 'ok', message: i18n.t('The database is sound.') }
    : {
        name: 'database',
        state: 'failed',
        message: i18n.t(
          'The database is damaged ({problem}). Restart API Spend Guard: it restores the newest backup.',
          { problem },
        ),
      }
}

function clock(system: System): Check {
  const nowMs = system.clock.now()
  const sane = nowMs > Date.UTC(2026, 0, 1)
  return {
    name: 'clock',
    state: sane ? 'ok' : 'failed',
    message: sane
      ? i18n.t('It is {at}; days are counted in {zone}.', { at: iso(nowMs), zone: system.zone })
      : i18n.t('The clock says {at}, which cannot be. Set it right: all periods depend on it.', { at: iso(nowMs) }),
  }
}

/** Any answer will do: it is the connection that is asked for. The date in it is compared with ours. */
async function network(system: System, accounts: readonly Account[]): Promise<Check> {
  try {
    const answer = await system.fetch(addressToTry(accounts), {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(5_000),
    })
    const theirs = Date.parse(answer.headers.get('date') ?? '')
    const skew = Number.isNaN(theirs) ? 0 : Math.abs(theirs - Date.now())
    if (skew > largestSkewMs)
      return {
        name: 'network',
        state: 'warning',
        message: i18n.t('The clock is off by {minutes} minutes. Turn on automatic time.', {
          minutes: Math.round(skew / 60_000),
        }),
      }
    return { name: 'network', state: 'ok', message: i18n.t('Providers can be reached.') }
  } catch {
    return {
      name: 'network',
      state: 'warning',
      message: i18n.t(
        'The internet cannot be reached from here. Accounts with a base URL of their own may still work.',
      ),
    }
  }
}

/** Nobody is asked whose bill is not watched, as far as any is. */
function addressToTry(accounts: readonly Account[]): string {
  const origins = accounts.flatMap(({ provider, baseUrl, options }) =>
    baseUrl === null ? declaredFor(adapters[provider].origins, options) : [],
  )
  return origins[0] ?? declaredFor(adapters.openai.origins, {})[0] ?? ''
}

function pauseCheck(paused: Pause, hasHeartbeat: boolean): Check {
  const end = pauseEnd(paused)
  const message = sentences(
    hasHeartbeat
      ? i18n.t('The guard is paused {end}: nothing is read, and the heartbeat is not sent.', { end })
      : i18n.t('The guard is paused {end}: nothing is read.', { end }),
    i18n.t('Go on with "spend-guard resume".'),
  )
  return { name: 'watching', state: 'warning', message }
}

function heartbeatCheck({ host, failure }: HeartbeatState): Check {
  const name = 'heartbeat'
  if (failure) return { name, state: 'failed', message: failure.message }
  return {
    name,
    state: 'ok',
    message: host ? i18n.t('Goes to {host}.', { host }) : i18n.t('Is sent while the guard watches.'),
  }
}

/** Old rates count old money; one that is held back waits for a person. */
export function ratesCheck(rates: RatesState): Check {
  const held = rates.held.map(({ currency }) => currency).join(', ')
  return {
    name: 'exchange rates',
    state: rates.old || held ? 'warning' : 'ok',
    message: sentences(
      ratesSourceText(rates),
      held && i18n.t('Held back: {held}; see "spend-guard rates show".', { held }),
    ),
  }
}

function source(account: Account): Check {
  const name = `account ${account.label}`
  if (account.failure) return { name, state: 'failed', message: account.failure.message }
  if (account.state === 'new' || account.state === 'filling')
    return { name, state: 'warning', message: i18n.t('Its history is still being read.') }
  return {
    name,
    state: account.state === 'ok' ? 'ok' : 'warning',
    message: account.asOf ? i18n.t('Read up to {asOf}.', { asOf: account.asOf }) : i18n.t('Not read yet.'),
  }
}

/** A server without a desktop is in good health, but nobody should count on being told there. */
export function tried({ id, label, available, lastFailure, lastDeliveredAtMs }: TriedChannel): Check {
  const name = `channel ${label}`
  if (!available) return { name, state: 'warning', message: i18n.t('This computer has no desktop that can show it.') }
  if (lastFailure) return { name, state: 'failed', message: lastFailure.message }
  if (lastDeliveredAtMs !== null)
    return { name, state: 'ok', message: i18n.t('Delivered at {at}.', { at: iso(lastDeliveredAtMs) }) }
  return { name, state: 'ok', message: i18n.t('Not used yet. Try it: spend-guard channels test {id}', { id }) }
}
