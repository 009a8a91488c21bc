import { calls, type CallName, type Push, type PushName } from '../shared/ipc.ts'
import type { GuardClient } from '../shared/guard-client.ts'
import { fail, type Failure } from '../shared/failures.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { channels as kinds } from './alerts/channels/registry.ts'
import { createLinks, type LinkDesk } from './alerts/links.ts'
import { createMessageLinks } from './alerts/message-links.ts'
import { createAlertPipeline } from './alerts/pipeline.ts'
import { aboutCalls } from './calls/about.ts'
import { accountCalls } from './calls/accounts.ts'
import { alertCalls } from './calls/alerts.ts'
import { alertHistoryCalls } from './calls/alert-history.ts'
import { budgetPreviewCalls } from './calls/budget-preview.ts'
import { budgetCalls } from './calls/budgets.ts'
import { capCalls } from './calls/caps.ts'
import { changeAccountCalls } from './calls/change-account.ts'
import { channelCalls } from './calls/channels.ts'
import { dataCalls, databaseBytes, type Keeper } from './calls/data.ts'
import { withoutDesktopApp } from './calls/desktop-app.ts'
import { discoveryCalls } from './calls/discovery.ts'
import { doctorCalls } from './calls/doctor.ts'
import type { Handler, Handlers } from './calls/handlers.ts'
import { heartbeatCalls } from './calls/heartbeat.ts'
import { createBalances } from './balances.ts'
import { createCaps } from './caps.ts'
import { createHeartbeat } from './heartbeat.ts'
import { importCalls } from './calls/imports.ts'
import { metricsCalls } from './calls/metrics.ts'
import { pauseCalls } from './calls/pause.ts'
import { planCalls } from './calls/plans.ts'
import { pollCalls } from './calls/polls.ts'
import { ratesCalls, ratesStateOf } from './calls/rates.ts'
import { replayCalls } from './calls/replay.ts'
import { routingCalls } from './calls/routing.ts'
import { settingsCalls } from './calls/settings.ts'
import { spendCalls } from './calls/spend.ts'
import { statusCalls } from './calls/status.ts'
import { createImports } from './focus/imports.ts'
import { createUploads } from './focus/uploads.ts'
import { createJudges } from './judging/judges.ts'
import { createAccountViews, knownUpTo } from './ledger/account-views.ts'
import { createLedger } from './ledger/ledger.ts'
import { createOwners } from './ledger/owners.ts'
import { createSpendViews } from './ledger/spend-views.ts'
import { createBeginnings } from './metrics/note-beginnings.ts'
import { keepSecrets } from './kept-secrets.ts'
import { createHousekeeping } from './storage/housekeeping.ts'
import { cadenceOf } from './polling/poll-schedule.ts'
import { createGuardPause } from './polling/guard-pause.ts'
import { createPolling } from './polling/polling.ts'
import { createPushes } from './pushes.ts'
import { createRates } from './rates/rates.ts'
import { ownSecretName } from './secrets/own-name.ts'
import { createSettings } from './settings/settings.ts'
import { createAccountsTable } from './storage/accounts.ts'
import { createAlertStories } from './storage/alert-stories.ts'
import { createCapsTable } from './storage/caps.ts'
import { createBalancesTable } from './storage/balances.ts'
import { createBudgetsTable } from './storage/budgets.ts'
import { addLocalChannels, createChannelsTable } from './storage/channels.ts'
import { openDatabase } from './storage/database.ts'
import { createLinksTable } from './storage/links.ts'
import { createMessageLinksTable } from './storage/message-links.ts'
import { createNamesTable } from './storage/names.ts'
import { createNewNormalsTable } from './storage/new-normals.ts'
import { createNoticesTable } from './storage/notices.ts'
import { createPlansTable } from './storage/plans.ts'
import { prepareRestore } from './storage/restore.ts'
import { createRetentionPreview } from './storage/retention-preview.ts'
import { createPeopleTable, createRoutingTable } from './storage/routing.ts'
import { createRatesTable } from './storage/rates.ts'
import { secretNames } from './storage/secret-names.ts'
import { createWatchesTable } from './storage/watches.ts'
import { beginToSpeak, speak } from './speak.ts'
import type { System } from './system.ts'
import { createPlans } from './judging/plans.ts'
import { createUsage } from './judging/usage.ts'
import { createWatches } from './judging/watches.ts'
import { i18n, inWords } from '../shared/words.ts'

export interface Guard extends GuardClient {
  start(): void
  /** The computer woke up, or the network is back: look now, once. */
  wake(): void
  /** The computer goes to sleep: what is in memory is written, in case it never wakes up. */
  rest(): void
  /** Backup and retention now, for a guard that will not stay: one poll on the command line. */
  tidy(): Promise<void>
  /** For a host that phones can reach: from now on messages hold links, where a public address is set. */
  serveLinks(): Promise<LinkDesk>
  stop(): Promise<void>
}

/**
 * The composition root: the one place that knows every part. Long, because it is straight. Who can open it again with
 * another database hands in a keeper (reopening.ts).
 */
export function createGuard(system: System, keeper: Keeper | null = null): Result<Guard> {
  beginToSpeak()
  const opened = openDatabase(system.dataDir, system.clock.now())
  if (!opened.ok) return opened
  const { db } = opened.value
  const now = () => system.clock.now()
  const settings = createSettings(system.settings)
  const zone = () => settings.read().zone ?? system.zone
  const pushes = createPushes()

  const accounts = createAccountsTable(db)
  const budgets = createBudgetsTable(db)
  const channels = createChannelsTable(db)
  const names = createNamesTable(db)
  const notices = createNoticesTable(db, opened.value.damage)
  const owners = createOwners(accounts, names)
  const displayCurrency = () => settings.read().displayCurrency
  const rates = createRates({
    system,
    table: createRatesTable(db),
    isNeeded: () =>
      areSeveral([
        ...ledger.currencies(),
        ...budgets.all().map(({ currency }) => currency),
        displayCurrency(),
        // Whatever an account is billed in, its usage is priced in dollars.
        accounts.list().length > 0 ? 'USD' : null,
      ]),
    change: (act) => {
      transaction(() => {
        act()
        judge()
      })
      pushes.changed(['spend', 'alerts', 'settings'])
      void outbox.flush()
    },
  })
  const ledger = createLedger(db, system.random, rates.book)
  addLocalChannels(channels, now())
  const people = createPeopleTable(db)
  const routing = createRoutingTable(db)
  const alerting = createAlertPipeline({
    db,
    system,
    kinds,
    channels,
    people,
    routing,
    owners,
    zone,
    actions: (alert, channel, messageId) => links.actions(alert.id, channel, messageId),
    transaction: (change) => transaction(change),
    changed: pushes.changed,
  })
  const { book, outbox } = alerting
  const stories = createAlertStories(db)
  const noteBeginnings = createBeginnings({ ledger, owners, table: stories })
  const plansTable = createPlansTable(db)
  const newNormals = createNewNormalsTable(db)
  const plans = createPlans({ ledger, table: plansTable, accounts })
  const watches = createWatches({ ledger, table: createWatchesTable(db), plans, newNormals })
  const judges = createJudges({
    ledger,
    owners,
    accounts,
    budgets,
    settings,
    now,
    zone,
    awakeSince: () => polling.awakeSince(),
    pausedSince: () => {
      const paused = pause.state()
      return paused && Date.parse(paused.since)
    },
    watches,
    plans,
    newNormals,
    usage: createUsage({ ledger, owners }),
    prepaid: (account, spentOfDay) => balances.prepaid(account, spentOfDay),
    rates: rates.book,
  })
  /** Everything that changes what is known ends here: judge, and owe messages, in the transaction of the change. */
  const transaction = <T>(change: () => T): T => {
    try {
      return db.transaction(change).immediate()
    } catch (error) {
      opened.value.met(error)
      ledger.reload()
      watches.reload()
      alerting.reload()
      rates.reload()
      throw error
    }
  }
  const judge = () => {
    const judgement = judges.judge(book)
    noteBeginnings(book.accept(judgement, now(), judges.asOf()), now())
    alerting.plan()
    return judgement
  }
  const judgeNow = () => {
    transaction(judge)
    pushes.changed(['spend', 'accounts', 'alerts'])
    void outbox.flush()
  }

  const pause = createGuardPause({
    clock: system.clock,
    settings,
    onChange: () => {
      judgeNow()
      pushes.changed(['settings'])
      polling.wake()
    },
  })
  const polling = createPolling({
    system,
    settings,
    accounts,
    names,
    owners,
    ledger,
    transaction,
    learn: (account) => watches.learn(account, now()),
    judge,
    outbox,
    alerting,
    pushes,
    notices,
    pause,
    onRead: async (account) => {
      await balances.refresh(account)
      await caps.refresh(account)
    },
  })
  const balances = createBalances({ table: createBalancesTable(db), context: polling.contextOf, transaction, now })
  const caps = createCaps({ table: createCapsTable(db), context: polling.contextOf, now })
  const accountViews = createAccountViews({
    ledger,
    polling,
    balances: (id) => balances.of(id),
    now,
    cadence: () => cadenceOf(settings.read()),
    isPaused: pause.isOn,
  })
  const views = createSpendViews({
    ledger,
    owners,
    now,
    zone,
    asOf: (id) => {
      const account = accounts.get(id)
      return account ? knownUpTo(ledger, account) : null
    },
    rates: rates.book,
    displayCurrency,
  })
  const housekeeping = createHousekeeping({
    db,
    dataDir: system.dataDir,
    clock: system.clock,
    check: opened.value.check,
    setUpAtMs: () =>
      Math.max(
        0,
        ...[...accounts.all(), ...channels.all()].map((one) => one.createdAtMs),
        ...budgets.all().map((budget) => Date.parse(budget.createdAt)),
      ),
    keep: () => settings.read(),
    log: system.log,
  })

  const write = () =>
    transaction(() => {
      ledger.flush()
      watches.flush()
    })

  const changeAlert: Parameters<typeof alertCalls>[0]['change'] = (id, act) => {
    const changed = transaction(() => book.change(id, now(), act))
    alerting.plan()
    pushes.changed(['alerts'])
    void outbox.flush()
    return changed
  }
  const links = createLinks({
    table: createLinksTable(db),
    messages: createMessageLinks({ table: createMessageLinksTable(db), deliveries: book.deliveries, book }),
    book,
    channels,
    people: people.all,
    publicUrl: () => settings.read().publicUrl,
    zone,
    change(id, act) {
      try {
        return changeAlert(id, act)
      } catch (error) {
        return err(bug(system, 'link', error))
      }
    },
    system,
    secretName: () => ownSecretName(system.settings, 'links'),
  })

  const accountIds = () => accounts.all().map((account) => account.id)
  const heartbeat = createHeartbeat({
    system,
    settings,
    secretName: () => ownSecretName(system.settings, 'heartbeat'),
    isPaused: pause.isOn,
  })
  /** Another currency came into play. A guard that is asked one thing and closed again leaves it to the next. */
  let started = false
  const lookAtRates = () => void (started && rates.look())

  const imports = createImports({
    ledger,
    now,
    transaction,
    saveNames: names.save,
    onStored: () => {
      owners.forget()
      judgeNow()
    },
    failureOf: (error) => {
      opened.value.met(error)
      return bug(system, 'imports:start', error)
    },
  })

  const accountParts = { accounts, system, present: accountViews.present, context: polling.context }
  const onAccountChange = () => {
    owners.forget()
    judgeNow()
    polling.wake()
  }

  const handlers: Handlers = {
    ...statusCalls({
      views,
      accountViews,
      accounts,
      budgets,
      book,
      notices,
      now,
      zone,
      judges,
      rates: rates.book,
      pause: pause.state,
    }),
    ...spendCalls({ views, ledger, judges, now, zone }),
    ...importCalls({ imports, uploads: createUploads(system.dataDir), accounts }),
    ...pollCalls({ polling, book, rates, pause }),
    ...pauseCalls({ pause, now }),
    ...accountCalls({
      ...accountParts,
      onNewKey: (id) => {
        polling.forgetKey(id)
        transaction(() => {
          accounts.pause(id, null)
          ledger.forgive(id)
        })
      },
      onRemove: polling.forgetRemoved,
      onChange: onAccountChange,
    }),
    ...changeAccountCalls({
      ...accountParts,
      feedStates: ledger.feedStates,
      keep: ({ id, ...change }, secretName, way) =>
        transaction(() => {
          accounts.change(id, change)
          accounts.nameSecret(id, secretName)
          accounts.pause(id, null)
          if (way === 'another') ledger.reread(id)
          else ledger.forgive(id)
        }),
      onAnotherWay: polling.forgetWay,
      onChange: onAccountChange,
    }),
    ...capCalls({ caps, accounts, onChange: () => pushes.changed(['accounts']) }),
    ...budgetCalls({
      budgets,
      now,
      accountIds,
      onChange: () => {
        judgeNow()
        pushes.changed(['settings'])
        lookAtRates()
      },
    }),
    ...budgetPreviewCalls({ ledger, owners, rates: rates.book, now, zone }),
    ...planCalls({
      plans: plansTable,
      now,
      accountIds,
      zone,
      onChange: () => {
        watches.lookAgain()
        judgeNow()
        pushes.changed(['settings'])
      },
    }),
    ...channelCalls({
      channels,
      deliveries: book.deliveries,
      people,
      capOf: alerting.capOf,
      test: alerting.test,
      transaction,
      system,
      zone,
      onChange: alerting.lookAgain,
    }),
    ...routingCalls({
      routing,
      people,
      channels: channels.all,
      traits: alerting.traits,
      owners,
      now,
      zone,
      transaction,
      onChange: alerting.lookAgain,
    }),
    ...alertCalls({
      book,
      now,
      change: changeAlert,
      accept: (accountId, currency) => judges.accept(accountId, currency),
      onAccept: judgeNow,
      accountsOf: (labels) => accounts.list().filter(({ label }) => labels.includes(label)),
    }),
    ...alertHistoryCalls({
      book,
      now,
      zone,
      keep: (act) => {
        transaction(act)
        pushes.changed(['alerts'])
      },
    }),
    ...metricsCalls({ stories, ledger, owners, channels: channels.all, now, zone }),
    ...settingsCalls({
      settings,
      system,
      onChange: () => {
        void speak(settings.read().language, system.languages)
        pushes.changed(['settings', 'spend'])
        polling.wake()
        lookAtRates()
        void links.prepare()
      },
    }),
    ...ratesCalls({
      rates,
      now,
      displayCurrency,
      onChange: () => pushes.changed(['settings', 'spend']),
    }),
    ...replayCalls({
      rates: rates.book,
      ledger,
      views,
      accounts,
      names,
      budgets,
      plans: plansTable,
      newNormals,
      settings,
      now,
      zone,
    }),
    ...dataCalls({
      dataDir: system.dataDir,
      keeper,
      settings: () => settings.read(),
      now,
      preview: createRetentionPreview(db),
      backUp: async () => {
        const problem = await housekeeping.backUpNow()
        return problem === null ? ok(null) : err(opened.value.damage() ?? fail('database-damaged', problem))
      },
      prepareRestore(name) {
        keepSecrets(system.settings, secretNames(db))
        return prepareRestore(db, system.dataDir, name, now())
      },
      onChange: () => pushes.changed(['settings']),
    }),
    ...aboutCalls({
      system,
      accounts: () => accounts.list().map(accountViews.present),
      channels: channels.all,
      settings: () => settings.read(),
      databaseBytes: () => databaseBytes(system.dataDir),
    }),
    ...heartbeatCalls({ heartbeat, isPaused: pause.isOn, onChange: () => pushes.changed(['settings']) }),
    ...discoveryCalls({ system, accounts: () => accounts.list() }),
    ...withoutDesktopApp,
    ...doctorCalls({
      system,
      accounts: () => accounts.list().map(accountViews.present),
      channels: () => channels.all().map((row) => ({ ...row, available: kinds[row.kind].available(system) })),
      integrity: opened.value.check,
      heartbeat: heartbeat.state,
      pause: pause.state,
      rates: () => ratesStateOf(rates, displayCurrency(), now()),
    }),
  }

  return ok({
    async call<N extends CallName>(name: N, request: unknown) {
      const parsed = calls[name].request.safeParse(request)
      if (!parsed.success)
        return err(
          fail('invalid-input', inWords(parsed.error.issues[0]?.message) ?? i18n.t('The request is not valid.')),
        )
      try {
        return await (handlers[name] as Handler<N>)(parsed.data as Parameters<Handler<N>>[0])
      } catch (error) {
        opened.value.met(error)
        return err(bug(system, name, error))
      }
    },
    on: <N extends PushName>(name: N, listener: (push: Push<N>) => void) => pushes.on(name, listener),
    start() {
      started = true
      polling.start()
      pause.start()
      housekeeping.start()
      heartbeat.start()
      rates.start()
      alerting.start()
    },
    wake: () => polling.wake(),
    rest: write,
    tidy: () => housekeeping.tidy(),
    serveLinks: () => links.serve(),
    async stop() {
      housekeeping.stop()
      pause.stop()
      heartbeat.stop()
      await imports.stop()
      await rates.stop()
      await polling.stop()
      await alerting.stop()
      write()
      opened.value.close()
      system.secrets.close()
    },
  })
}

/** A guard that counts in one currency needs nobody's rates. */
function areSeveral(currencies: readonly (string | null)[]): boolean {
  return new Set(currencies.filter((currency) => currency !== null)).size > 1
}

/** A fault of ours, or of the disk: shown in words, logged with its name, and never with what was in hand. */
function bug(system: System, call: string, error: unknown): Failure {
  const code = (error as { code?: unknown }).code
  system.log.error('call failed', {
    call,
    name: (error as Error).name,
    code: typeof code === 'string' ? code : null,
    message: (error as Error).message,
  })
  if (code === 'SQLITE_FULL') return fail('disk-full', i18n.t('The disk is full. Free some space; nothing was lost.'))
  if (code === 'SQLITE_READONLY')
    return fail('disk-full', i18n.t('The data folder cannot be written. Check its permissions.'))
  return fail('internal', i18n.t('Something went wrong inside API Spend Guard. The log in the data folder says more.'))
}
