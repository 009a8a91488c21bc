import type { Person } from '../../shared/people.ts'
import { storyMetrics } from './guard-metrics.ts'
import { plainRouting, type Hearing, type Routing } from '../../shared/routing.ts'
import { quietUntil } from '../../electron/alerts/announce.ts'
import { cellOf, exceptionFor } from '../../electron/alerts/routing.ts'
import {
  lastDays,
  plainChannel,
  spentOn,
  storyAccounts,
  storyAlerts,
  storyBudgets,
  storyChannels,
  storyCaps,
  storyPeople,
  storyPlans,
  storyRates,
  storyRouting,
  streams,
  type Stream,
} from './guard-story.ts'
import type { Account } from '../../shared/accounts.ts'
import type { Alert, JudgedAlert } from '../../shared/alerts.ts'
import type { DesktopApp } from '../../shared/desktop-app.ts'
import type { Budget } from '../../shared/budgets.ts'
import { channelFacts, optionsAfter, type Channel } from '../../shared/channels.ts'
import type { DataState } from '../../shared/data.ts'
import { fail, type Failure } from '../../shared/failures.ts'
import type { GuardClient } from '../../shared/guard-client.ts'
import {
  allChanged,
  calls,
  type CallName,
  type ParsedRequest,
  type Push,
  type PushName,
  type Reply,
} from '../../shared/ipc.ts'
import type { Pause } from '../../shared/pause.ts'
import type { Plan } from '../../shared/plans.ts'
import type { RatesState } from '../../shared/rate-notes.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Trial } from '../../shared/trials.ts'
import { settings as settingsSchema, type Settings } from '../../shared/settings.ts'
import { dayMs, iso, localDay, minuteMs } from '../../shared/time.ts'

/** incident: a leaked key; calm: the same without it; empty: a fresh installation. */
export type Scenario = 'incident' | 'calm' | 'empty'

export interface FakeGuard extends GuardClient {
  push<N extends PushName>(name: N, push: Push<N>): void
  /** While set every call fails with it. */
  failWith(failure: Failure | null): void
}

interface Told {
  accounts: Account[]
  alerts: Alert[]
  budgets: Budget[]
  plans: Plan[]
  channels: Channel[]
  routing: Routing
  people: Person[]
  settings: Settings
  heartbeat: Reply<'heartbeat:get'>
  rates: RatesState
  app: DesktopApp
  pause: Pause | null
}

const storyApp: DesktopApp = {
  version: '1.2.0',
  startAtLogin: { on: false, canChange: true, note: null },
  updates: { way: 'install', step: 'idle', version: null, share: null, checkedAt: null, message: null },
}

const noHeartbeat: Reply<'heartbeat:get'> = { on: false, host: null, lastAt: null, failure: null, held: false }

type Handlers = { [N in CallName]: (request: ParsedRequest<N>) => Result<Reply<N>> }

/** A guard that remembers what it is told, over a believable story of 90 days. Answers every request of the contract. */
export function createFakeGuard(
  scenario: Scenario = 'incident',
  nowMs: () => number = () => Date.now(),
  zone = 'Europe/Berlin',
): FakeGuard {
  const listeners = new Map<PushName, Set<(push: never) => void>>()
  const filled = scenario !== 'empty'
  const told: Told = {
    routing: filled ? storyRouting() : plainRouting,
    people: filled ? storyPeople() : [],
    accounts: filled ? storyAccounts(nowMs()) : [],
    alerts: scenario === 'incident' ? storyAlerts(nowMs()) : filled ? storyAlerts(nowMs()).slice(2) : [],
    budgets: filled ? storyBudgets(nowMs()) : [],
    plans: filled ? storyPlans(nowMs(), zone) : [],
    channels: filled ? storyChannels(nowMs()) : storyChannels(nowMs()).slice(0, 2),
    settings: settingsSchema.parse({}),
    heartbeat: noHeartbeat,
    rates: storyRates(),
    app: storyApp,
    pause: null,
  }
  let failure: Failure | null = null
  let ids = 0

  const shown = () =>
    streams.filter((stream) => told.accounts.some(({ id, fill }) => id === stream.account && fill === null))
  const day = (stream: Stream, at: string) => spentOn(stream, at, nowMs(), zone, scenario === 'incident')
  const text = (value: number) => String(Math.round(value * 1e6) / 1e6)
  const sum = (values: (number | null)[]) =>
    values.every((each) => each === null) ? null : values.reduce<number>((a, b) => a + (b ?? 0), 0)
  const amountOf = (days: string[], among: Stream[] = shown()) =>
    sum(days.flatMap((at) => among.map((stream) => day(stream, at))))

  function push<N extends PushName>(name: N, value: Push<N>): void {
    for (const listener of listeners.get(name) ?? []) listener(value as never)
  }

  const nameIn = (by: string) => (stream: Stream) =>
    by === 'account' ? stream.account : (stream[by as 'model'] ?? '(none)')
  const labelOf = (key: string) =>
    told.accounts.find(({ id }) => id === key)?.label ?? { openai: 'OpenAI', anthropic: 'Anthropic' }[key] ?? key

  function between(from: string, to: string): string[] {
    return lastDays(181, nowMs(), zone).filter((at) => at >= from.slice(0, 10) && at <= to.slice(0, 10))
  }

  function change(id: string, state: Alert['state'], extra: Partial<Alert> = {}): Result<Alert> {
    const found = told.alerts.find((alert) => alert.id === id)
    if (!found) return err(fail('not-found', 'There is no such alert.'))
    const at = iso(nowMs())
    const changed = {
      ...found,
      ...extra,
      state,
      updatedAt: at,
      history: [...found.history, { at, state, by: 'you', via: 'app' as const, note: '', saw: null }],
    }
    told.alerts = told.alerts.map((alert) => (alert.id === id ? changed : alert))
    return ok(changed)
  }

  function found(update: Partial<DesktopApp['updates']>): DesktopApp {
    told.app = { ...told.app, updates: { ...told.app.updates, ...update } }
    push('app', told.app)
    return told.app
  }

  function judge(id: string, verdict: Pick<JudgedAlert, 'verdict' | 'prevented' | 'note'>): Result<Alert> {
    const found = told.alerts.find((alert) => alert.id === id)
    if (!found) return err(fail('not-found', 'There is no such alert.'))
    const judged = {
      ...found,
      verdicts: [...found.verdicts, { at: iso(nowMs()), by: 'you', via: 'app' as const, ...verdict }],
    }
    told.alerts = told.alerts.map((alert) => (alert.id === id ? judged : alert))
    return ok(judged)
  }

  function checkKey(provider: string, secret: string) {
    const expected = provider === 'openai' ? 'sk-admin-' : 'sk-ant-admin'
    if (secret.startsWith('sk-bad')) {
      return {
        ok: false,
        kind: 'unknown',
        organization: null,
        warnings: [],
        failure: fail(
          'credential-rejected',
          'The provider does not know this key. Copy it again, or create a new one.',
          { status: 401 },
        ),
      }
    }
    if (!secret.startsWith(expected)) {
      return {
        ok: false,
        kind: 'project key',
        organization: null,
        warnings: [],
        failure: fail(
          'permission-missing',
          `This is a project key; it cannot read costs. Create an admin key (${expected}…).`,
        ),
      }
    }
    const warnings =
      secret.includes('full') || provider === 'anthropic'
        ? ['This key can do more than read: it can also manage members and keys. Guard it well, or restrict it.']
        : []
    return { ok: true, kind: 'Admin key', organization: 'Acme Inc', warnings, failure: null }
  }

  /** Moves the first back-fill of a new account on, as the engine would. */
  function fillUp(id: string, fill: number): void {
    const done = fill >= 1
    told.accounts = told.accounts.map((account) =>
      account.id === id
        ? { ...account, fill: done ? null : fill, state: done ? 'ok' : 'filling', asOf: done ? iso(nowMs()) : null }
        : account,
    )
    push('fill', { accountId: id, fill: Math.min(1, fill), feed: 'costs' })
    if (done) push('changed', { what: ['spend', 'accounts'] })
    else setTimeout(() => fillUp(id, fill + 0.2), 400)
  }

  const dataOf = (): DataState => ({
    folder: '/home/ada/.local/share/api-spend-guard',
    databaseBytes: 48_300_000,
    freeBytes: 120_000_000_000,
    backups: [1, 2, 3].map((days) => ({
      name: `spend-${iso(nowMs() - days * dayMs).replace(/[:.]/g, '-')}.sqlite`,
      at: iso(nowMs() - days * dayMs),
      bytes: 47_000_000,
    })),
  })
  const handlers: Handlers = {
    'status:get': () => {
      const today = localDay(nowMs(), zone)
      const days = between(`${today.slice(0, 8)}01`, today)
      const billed = amountOf(days.slice(0, -2))
      const total = amountOf(days)
      const spentToday = amountOf([today])
      const decimal = (value: number | null) => (value === null ? null : text(value))
      const budgets = told.budgets.map((budget) => {
        const id = budget.scope.startsWith('account:') ? budget.scope.slice(8) : null
        const among = shown().filter((stream) => id === null || stream.account === id)
        const spent = amountOf(budget.period === 'month' ? days : [today], among)
        const share = spent === null ? null : spent / Number(budget.limit)
        const state =
          share === null
            ? ('unknown' as const)
            : share >= 1
              ? ('breached' as const)
              : share >= 0.5
                ? ('near' as const)
                : ('ok' as const)
        const { scope, period, limit, currency } = budget
        return {
          id: budget.id,
          scope,
          period,
          limit,
          currency,
          spent: decimal(spent),
          state,
          from: iso(nowMs() - dayMs),
          to: iso(nowMs()),
          zone: budget.zone ?? zone,
          outlook: null,
          exchanges: [],
          missing: [],
        }
      })
      return ok({
        at: iso(nowMs()),
        zone,
        today: told.accounts.length
          ? [{ currency: 'USD', effective: decimal(spentToday), billed: null, estimate: decimal(spentToday) }]
          : [],
        month: told.accounts.length
          ? [
              {
                currency: 'USD',
                effective: decimal(total),
                billed: decimal(billed),
                estimate: decimal(total === null ? null : total * 0.98),
              },
            ]
          : [],
        display: null,
        burnPerHour: told.accounts.length
          ? [{ currency: 'USD', amount: shown().length === 0 ? null : scenario === 'incident' ? '68.42' : '6.18' }]
          : [],
        budgets,
        accounts: told.accounts.map(
          ({ id, provider, label, workspace, state: own, asOf, failure: why, fill, calibration, unpricedModels }) => ({
            id,
            provider,
            label,
            workspace,
            state: told.pause ? ('paused' as const) : own,
            asOf,
            failure: why,
            fill,
            calibration,
            unpricedModels,
          }),
        ),
        alerts: told.alerts.filter(({ state }) => state !== 'resolved'),
        pause: told.pause,
        notices: [],
      })
    },
    'spend:report': ({ from, to, by }) => {
      const days = between(from, to)
      if (by === 'day') {
        const rows = days.map((at) => {
          const spent = amountOf([at])
          const effective = spent === null ? null : text(spent)
          return {
            key: at,
            label: at,
            currency: 'USD',
            effective,
            billed: effective,
            estimate: effective,
            asOf: iso(nowMs()),
          }
        })
        const spent = amountOf(days)
        const effective = spent === null ? null : text(spent)
        return ok({
          from: iso(nowMs() - dayMs),
          to: iso(nowMs()),
          by,
          zone,
          rows,
          total: [{ currency: 'USD', effective, billed: null, estimate: effective }],
          display: null,
        })
      }
      const groups = Map.groupBy(shown(), nameIn(by))
      const rows = [...groups].map(([key, among]) => {
        const total = amountOf(days, among)
        const effective = total === null ? null : text(total)
        const fresh = among.some(({ leak }) => leak !== undefined) && scenario === 'incident'
        return {
          key,
          label: labelOf(key),
          currency: 'USD',
          effective,
          billed: fresh ? null : effective,
          estimate: effective,
          asOf: iso(nowMs() - 2 * minuteMs),
        }
      })
      const all = amountOf(days)
      const total = all === null ? null : text(all)
      return ok({
        from: iso(nowMs() - dayMs),
        to: iso(nowMs()),
        by,
        zone,
        rows,
        total: rows.length ? [{ currency: 'USD', effective: total, billed: null, estimate: total }] : [],
        display: null,
      })
    },
    'spend:history': ({ from, to, by }) => {
      const steps = between(from, to)
      const today = localDay(nowMs(), zone)
      const planes = steps.map((at) => {
        const age = Math.round((Date.parse(today) - Date.parse(at)) / dayMs)
        return age === 19
          ? null
          : age < 2
            ? ('estimate' as const)
            : age === 2
              ? ('mixed' as const)
              : ('billed' as const)
      })
      const series = [...Map.groupBy(shown(), nameIn(by))].map(([key, among]) => ({
        key,
        label: labelOf(key),
        currency: 'USD',
        effective: steps.map((at) => {
          const value = amountOf([at], among)
          return value === null ? null : text(value)
        }),
      }))
      return ok({ zone, steps, planes, series, currencies: [], scopes: [] })
    },
    'spend:outlook': () => ok({ from: iso(nowMs()), to: iso(nowMs()), at: iso(nowMs()), currencies: [] }),
    'spend:export': () => ok({ text: 'day,amount\n', rows: 0, next: null }),
    'imports:start': () => err(fail('not-found', 'There is no such account.')),
    'imports:get': () => err(fail('not-found', 'There is no such import.')),
    'polls:run': () =>
      ok({
        accounts: told.accounts.map(({ id, provider, label, failure: why }) => ({
          id,
          provider,
          label,
          ok: why === null,
          failure: why,
          buckets: 12,
          spared: false,
        })),
        findings: [],
        deliveries: [],
      }),
    'accounts:list': () => ok(told.accounts),
    'accounts:check-key': ({ provider, secret }) => ok(checkKey(provider, secret)),
    'accounts:try': ({ options }) =>
      options['manifest']?.includes('"rows"')
        ? ok(triedAcme(nowMs()))
        : err(fail('invalid-input', 'feeds.0.rows: is missing.')),
    'accounts:add': ({ secret, ...entry }) => {
      const check = checkKey(entry.provider, secret)
      if (!check.ok && check.failure) return err(check.failure)
      const taken = told.accounts.some(({ id }) => id === `acc-${entry.provider}`)
      const added: Account = {
        ...entry,
        id: taken ? `acc-${++ids}` : `acc-${entry.provider}`,
        createdAt: iso(nowMs()),
        state: 'filling',
        asOf: null,
        failure: null,
        nextPollAt: iso(nowMs()),
        fill: 0,
        sources: [],
        balances: [],
        calibration: null,
        unpricedModels: [],
      }
      told.accounts = [...told.accounts, added]
      setTimeout(() => fillUp(added.id, 0.2), 400)
      return ok({ ...added, warnings: check.warnings })
    },
    'accounts:replace-key': ({ id, secret }) => {
      const found = told.accounts.find((account) => account.id === id)
      if (!found) return err(fail('not-found', 'There is no such account.'))
      const check = checkKey(found.provider, secret)
      return check.failure ? err(check.failure) : ok(found)
    },
    'accounts:test': ({ id }) => {
      const found = told.accounts.find((account) => account.id === id)
      return found
        ? ok(checkKey(found.provider, found.provider === 'openai' ? 'sk-admin-x' : 'sk-ant-admin01-x'))
        : err(fail('not-found', 'There is no such account.'))
    },
    'accounts:look-at-change': ({ provider, secret }) =>
      ok({ check: checkKey(provider, secret || 'sk-admin-x'), trial: null, means: [] }),
    'accounts:change': ({ id, ...entry }) => {
      const { secret: _, ...change } = entry
      const found = told.accounts.find((account) => account.id === id)
      if (!found) return err(fail('not-found', 'There is no such account.'))
      const changed = { ...found, ...change }
      told.accounts = told.accounts.map((account) => (account.id === id ? changed : account))
      return ok({ ...changed, warnings: [], means: [] })
    },
    'imports:upload': ({ at, piece }) => ok({ upload: 'up-1', bytes: at + piece.length }),
    'links:open-project': () => ok({}),
    'about:get': () =>
      ok({
        version: '0.1.0',
        licence: 'AGPL-3.0-only',
        runtime: 'Node 24.21.0',
        system: 'linux 6.1, x64',
        dataDir: '/home/ada/.local/share/api-spend-guard',
        secretStore: 'keychain',
      }),
    'about:diagnostics': () => ok({ text: 'API Spend Guard 0.1.0\n' }),
    'data:get': () => ok(dataOf()),
    'data:retention': () =>
      ok({
        minutes: { rows: 1_240, isMore: false, to: localDay(nowMs() - 4 * dayMs, zone) },
        hours: { rows: 0, isMore: false, to: localDay(nowMs() - 400 * dayMs, zone) },
      }),
    'data:back-up': () => ok(dataOf()),
    'data:restore': () => ok(dataOf()),
    'data:erase': () => ok({ gone: ['the database'], stays: [] }),
    'caps:list': () => ok(storyCaps(told.accounts)),
    'caps:read': () => ok(storyCaps(told.accounts)),
    'accounts:remove': ({ id }) => {
      told.accounts = told.accounts.filter((account) => account.id !== id)
      return ok({})
    },
    'budgets:list': () => ok(told.budgets),
    'budgets:set': (entry) => {
      const saved: Budget = { ...entry, id: entry.id ?? `bud-${++ids}`, createdAt: iso(nowMs()) }
      told.budgets = [...told.budgets.filter(({ id }) => id !== saved.id), saved]
      return ok(saved)
    },
    'budgets:remove': ({ id }) => {
      told.budgets = told.budgets.filter((budget) => budget.id !== id)
      return ok({})
    },
    'budgets:preview': ({ limit, thresholds }) =>
      ok({
        from: iso(nowMs() - 90 * dayMs),
        periods: 90,
        middle: '112.4',
        high: '148.2',
        suggested: '250',
        thresholds:
          limit === null ? [] : thresholds.map((threshold) => ({ threshold, times: 2, lastAt: iso(nowMs()) })),
      }),
    'plans:list': () => ok(told.plans),
    'plans:add': (entry) => {
      const saved: Plan = { ...entry, zone: entry.zone ?? zone, id: `plan-${++ids}`, createdAt: iso(nowMs()) }
      told.plans = [...told.plans, saved]
      return ok(saved)
    },
    'plans:remove': ({ id }) => {
      told.plans = told.plans.filter((plan) => plan.id !== id)
      return ok({})
    },
    'channels:list': () => ok(told.channels),
    'channels:add': ({ secret, ...entry }) => {
      if (!secret.startsWith('http'))
        return err(fail('invalid-input', 'A Discord webhook URL begins with https://discord.com/api/webhooks/.'))
      const added: Channel = {
        ...plainChannel,
        ...entry,
        id: `chn-${++ids}`,
        createdAt: iso(nowMs()),
        state: 'ok',
        lastDeliveredAt: null,
        lastFailure: null,
      }
      told.channels = [...told.channels, added]
      return ok(added)
    },
    'channels:change': ({ id, ...change }) => {
      const found = told.channels.find((channel) => channel.id === id)
      if (!found) return err(fail('not-found', 'There is no such channel.'))
      const changed: Channel = {
        ...found,
        label: change.label ?? found.label,
        person: change.person === undefined ? found.person : change.person,
        selfTest: change.selfTest ?? found.selfTest,
        baseUrl: change.baseUrl === undefined ? found.baseUrl : change.baseUrl,
        options: optionsAfter(found.options, change.options),
        ...(change.secret ? { state: 'ok', lastFailure: null } : {}),
      }
      told.channels = told.channels.map((channel) => (channel.id === id ? changed : channel))
      return ok(changed)
    },
    'routing:get': () => ok({ ...told.routing, revision: 'r' }),
    'routing:set': ({ matrix, exceptions, fallbackMinutes }) =>
      ok({ ...(told.routing = { matrix, exceptions, fallbackMinutes }), revision: 'r' }),
    'routing:preview': ({ severity, scope, at, routing }) => {
      const firedAtMs = at === null ? nowMs() : Date.parse(at)
      const chosen = routing ?? told.routing
      const workspace = told.accounts.find(({ id }) => scope === `account:${id}`)?.workspace
      const places = new Set([scope, ...(workspace ? [`workspace:${workspace}`] : [])])
      const exception = exceptionFor(chosen, { severity, places, firedAtMs }, zone)
      const hearings = told.channels.map((channel): Hearing => {
        const cell = cellOf(chosen, exception, channel.id, channelFacts(channel.kind).costly === true, severity)
        const turnMs = typeof cell === 'number' ? firedAtMs + cell * minuteMs : null
        const quietMs = turnMs === null ? null : quietUntil(channel, told.people, severity, turnMs, zone)
        return {
          channelId: channel.id,
          channel: channel.label,
          person: channel.person,
          at: turnMs === null ? null : iso(quietMs ?? turnMs),
          cell,
          isHeld: quietMs !== null,
          isAbsent: channel.state === 'gone',
        }
      })
      return ok({ exception: exception?.id ?? null, isKnownScope: true, hearings })
    },
    'people:list': () => ok(told.people),
    'people:save': ({ was, ...saved }) => {
      told.people = [...told.people.filter(({ name }) => name !== (was ?? saved.name)), saved]
      told.channels = told.channels.map((one) => (was && one.person === was ? { ...one, person: saved.name } : one))
      return ok(saved)
    },
    'people:remove': ({ name }) => {
      const reached = told.channels.find(({ person }) => person === name)
      if (reached) return err(fail('invalid-input', `${reached.label} still reaches ${name}. Change that first.`))
      told.people = told.people.filter((person) => person.name !== name)
      return ok({})
    },
    'channels:test': ({ id }) => {
      const channel = told.channels.find((each) => each.id === id)
      const gone = channel?.state === 'gone'
      return ok({
        delivered: !gone,
        isConfirmed: gone || !channel || channelFacts(channel.kind).costly !== true,
        failure: gone
          ? fail('channel-gone', 'The webhook was deleted in Discord. Create a new one and replace it here.')
          : null,
      })
    },
    'channels:remove': ({ id }) => {
      told.channels = told.channels.filter((channel) => channel.id !== id)
      return ok({})
    },
    'alerts:list': (search) => ok(told.alerts.filter((alert) => isWanted(alert, search))),
    'alerts:export': () => ok({ text: JSON.stringify(told.alerts), rows: told.alerts.length, next: null }),
    'alerts:show': ({ id }) => {
      const found = told.alerts.find((alert) => alert.id === id)
      return found ? ok(found) : err(fail('not-found', 'There is no such alert.'))
    },
    'alerts:acknowledge': ({ id }) => change(id, 'acknowledged'),
    'alerts:snooze': ({ id, until, untilAmount }) =>
      change(id, 'snoozed', { snoozedUntil: until, snoozedUntilAmount: untilAmount }),
    'alerts:resolve': ({ id }) => change(id, 'resolved', { resolvedAt: iso(nowMs()) }),
    'alerts:accept': ({ id }) => {
      judge(id, { verdict: 'expected', prevented: null, note: 'The new normal.' })
      return change(id, 'resolved', { resolvedAt: iso(nowMs()) })
    },
    'alerts:verdict': ({ id, verdict, prevented, note }) => judge(id, { verdict, prevented, note }),
    'metrics:get': ({ days }) => ok(storyMetrics(told.alerts, days, nowMs())),
    'settings:get': () => ok(told.settings),
    'settings:change': (changed) => {
      told.settings = settingsSchema.parse({ ...told.settings, ...changed })
      return ok(told.settings)
    },
    'replay:run': ({ from, to }) => ok({ from: iso(Date.parse(from)), to: iso(Date.parse(to)), pages: [] }),
    'replay:library': () => ok({ stories: [] }),
    'rates:get': () => ok({ ...told.rates, displayCurrency: told.settings.displayCurrency }),
    'rates:set': ({ fromDay, ...rate }) => {
      told.rates.manual.push({ ...rate, fromDay: fromDay ?? localDay(nowMs(), 'UTC') })
      return ok(told.rates)
    },
    'rates:clear': ({ from, to }) => {
      told.rates.manual = told.rates.manual.filter((one) => one.from !== from || one.to !== to)
      return ok(told.rates)
    },
    'rates:accept': ({ currency }) => err(fail('not-found', `No rate of ${currency} is held back.`)),

    'heartbeat:get': () => ok(told.heartbeat),
    'heartbeat:set': ({ secret }) => {
      if (!secret.startsWith('https://')) return err(fail('invalid-input', 'The heartbeat address must be https.'))
      told.heartbeat = { on: true, host: new URL(secret).host, lastAt: iso(nowMs()), failure: null, held: false }
      return ok(told.heartbeat)
    },
    'heartbeat:remove': () => {
      told.heartbeat = noHeartbeat
      return ok({})
    },
    'links:open': () => ok({}),
    'discovery:look': () => ok({ providers: [], unread: [], stopped: null }),
    'polling:pause': ({ until }) => ok((told.pause = { since: iso(nowMs()), until })),
    'polling:resume': () => ok((told.pause = null)),
    'app:get': () => ok(told.app),
    'app:start-at-login': ({ on }) => ok((told.app = { ...told.app, startAtLogin: { ...told.app.startAtLogin, on } })),
    'app:check-for-update': () => ok(found({ step: 'available', version: '1.3.0', checkedAt: iso(nowMs()) })),
    'app:download-update': () => ok(found({ step: 'downloaded', share: 1 })),
    'app:install-update': () => ok(told.app),
    'doctor:run': () => ok({ checks: [] }),
  }

  return {
    async call(name, request) {
      if (failure) return err(failure)
      const parsed = calls[name].request.safeParse(request)
      if (!parsed.success) return err(fail('invalid-input', parsed.error.issues[0]?.message ?? 'Not valid.'))
      const result = handlers[name](parsed.data as never) as Result<Reply<typeof name>>
      if (result.ok && /:(acknowledge|snooze|resolve|accept|verdict|add|set|remove|change|pause|resume)$/.test(name)) {
        push('changed', allChanged)
      }
      return result
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set.add(listener as never))
      return () => set.delete(listener as never)
    },
    push,
    failWith(next) {
      failure = next
    },
  }
}

/** The search of the guard, in small: days are those of UTC. */
function isWanted(alert: Alert, search: ParsedRequest<'alerts:list'>): boolean {
  const { state, rule, severity, since, until } = search
  const said = JSON.stringify([alert.summary, alert.scopeLabel, alert.contributors, alert.causes]).toLowerCase()
  return (
    (state === null || (state === 'open' ? alert.state !== 'resolved' : alert.state === state)) &&
    (rule === null || alert.rule === rule) &&
    (severity === null || alert.severity === severity) &&
    (since === null || alert.openedAt >= since) &&
    (until === null || alert.openedAt.slice(0, until.length) <= until) &&
    (search.search ?? '').split(' ').every((word) => said.includes(word.toLowerCase()))
  )
}

/** What the example manifest would show of an API that answers. */
function triedAcme(nowMs: number): Trial {
  const day = (back: number) => `${iso(nowMs - back * dayMs).slice(0, 10)}T00:00:00.000Z`
  const row = (back: number, model: string, project: string, amount: string) => ({
    at: day(back),
    currency: 'USD',
    amount,
    model,
    project,
    apiKey: null,
    lineItem: null,
    tier: null,
  })
  return {
    ok: true,
    balances: null,
    sources: [
      {
        id: 'costs',
        plane: 'billed',
        width: 'day',
        from: day(7),
        to: day(-1),
        failure: null,
        count: 14,
        rows: [
          row(0, 'acme-large', 'Shop', '12.480012'),
          row(0, 'acme-small', 'Search', '0.91'),
          row(1, 'acme-large', 'Shop', '48.2'),
          row(1, 'acme-small', 'Search', '2.0475'),
        ],
        sums: [{ currency: 'USD', amount: '301.733512' }],
        warnings: ['2 of 16 rows are of another time than was asked for, and left out.'],
      },
    ],
  }
}
