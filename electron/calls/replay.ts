import { randomUUID } from 'node:crypto'
import { budgetEntry, type Budget, type BudgetEntry } from '../../shared/budgets.ts'
import type { ParsedRequest } from '../../shared/ipc.ts'
import { planEntry, type Plan, type PlanEntry } from '../../shared/plans.ts'
import { fail } from '../../shared/failures.ts'
import type { RateBook } from '../../shared/rates.ts'
import { err, ok } from '../../shared/result.ts'
import { dayMs, iso } from '../../shared/time.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { SpendViews } from '../ledger/spend-views.ts'
import { createFlowSource } from '../replay/flow-source.ts'
import { createLedgerSource } from '../replay/ledger-source.ts'
import { library } from '../replay/library.ts'
import { createBookOf } from '../rates/stored-book.ts'
import { replay, type ReplayRules } from '../replay/replay.ts'
import { isOfSpendAlone } from '../replay/scenario.ts'
import { outcomeOf } from '../replay/verdict.ts'
import type { SettingsStore } from '../settings/settings.ts'
import type { AccountsTable } from '../storage/accounts.ts'
import type { BudgetsTable } from '../storage/budgets.ts'
import type { NamesTable } from '../storage/names.ts'
import type { NewNormalsTable } from '../storage/new-normals.ts'
import type { PlansTable } from '../storage/plans.ts'
import type { Handlers } from './handlers.ts'
import { badRange } from './spend.ts'
import { i18n } from '../../shared/words.ts'

/** Longer would take minutes, and say little about the rules of today. */
const longestMs = 92 * dayMs

export function replayCalls(parts: {
  ledger: Ledger
  views: SpendViews
  accounts: AccountsTable
  names: NamesTable
  budgets: BudgetsTable
  plans: PlansTable
  newNormals: NewNormalsTable
  settings: SettingsStore
  rates: RateBook
  now(): number
  zone(): string
}): Pick<Handlers, 'replay:run' | 'replay:library'> {
  /** The rules as they are set, with what is to be tried in their place. */
  function rulesOf(tried: ParsedRequest<'replay:library'>): ReplayRules {
    const settings = parts.settings.read()
    const { velocityFloor = settings.velocityFloor, anomalyFloor = settings.anomalyFloor } = tried
    return {
      budgets: tried.budgets?.map(asBudget) ?? parts.budgets.all(),
      plans: parts.plans.all(),
      newNormals: parts.newNormals.all(),
      settings: { ...settings, velocityFloor, anomalyFloor },
      zone: parts.zone(),
      rates: parts.rates,
    }
  }

  return {
    'replay:run': async ({ from, to, ...tried }) => {
      const range = parts.views.rangeOf(from, to, null)
      if (!range) return err(badRange())
      const { fromMs } = range
      const toMs = Math.min(range.toMs, parts.now())
      if (toMs <= fromMs)
        return err(fail('invalid-input', i18n.t('There is nothing to replay: that time is still to come.')))
      if (toMs - fromMs > longestMs)
        return err(fail('invalid-input', i18n.t('At most 92 days can be replayed at once. Choose a shorter range.')))
      const source = createLedgerSource({ ledger: parts.ledger, accounts: parts.accounts.list(), names: parts.names })
      const pages = await replay(source, rulesOf(tried), { fromMs, toMs })
      return ok({ from: iso(fromMs), to: iso(toMs), pages })
    },
    'replay:library': async (tried) => {
      const rules = rulesOf(tried)
      const stories = []
      for (const scenario of library.filter(isOfSpendAlone)) {
        const zone = scenario.zone ?? 'UTC'
        const pages = await replay(
          createFlowSource(scenario),
          {
            ...rules,
            budgets: [...rules.budgets, ...(scenario.budgets ?? []).map((entry) => asBudget(budgetEntry.parse(entry)))],
            // What the person announced and accepted is about other spend.
            plans: (scenario.plans ?? []).map((entry) => asPlan(planEntry.parse(entry), zone)),
            newNormals: [],
            zone,
            rates: scenario.rates ? createBookOf(scenario.rates) : parts.rates,
          },
          { ...scenario.watched, stepMs: (scenario.everySeconds ?? 60) * 1_000 },
        )
        // How quick is enough depends on the provider's delay; here it is the declared one, and what counts is the telling.
        const untimed = { ...scenario, atMost: {} }
        const told = pages.map(({ at }) => ({ atMs: Date.parse(at) }))
        const alerts = new Set(pages.map(({ rule, scope }) => `${rule} ${scope}`)).size
        const { minutes, lostDollars, verdict } = outcomeOf(untimed, told, alerts)
        stories.push({
          name: scenario.name,
          expect: scenario.expect,
          minutes,
          lost: scenario.incident.length === 0 ? null : lostDollars.toFixed(2),
          pages: pages.length,
          good: verdict === 'good',
        })
      }
      return ok({ stories })
    },
  }
}

const anyTime = '2026-01-01T00:00:00.000Z'

function asBudget(entry: Omit<BudgetEntry, 'id'>): Budget {
  return { ...entry, id: randomUUID(), createdAt: anyTime }
}

function asPlan(entry: PlanEntry, zone: string): Plan {
  return { ...entry, zone: entry.zone ?? zone, id: randomUUID(), createdAt: anyTime }
}
