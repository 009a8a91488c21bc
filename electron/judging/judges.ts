import { parseNanos } from '../../shared/money.ts'
import type { RateBook } from '../../shared/rates.ts'
import { mayHold, type Scope } from '../../shared/scope.ts'
import { hourMs, minuteMs, periodsAt } from '../../shared/time.ts'
import { anomalyIdentity, judgeAnomalies } from '../detection/anomalies.ts'
import { judgeBalances, type PrepaidMoney } from '../detection/balances.ts'
import { judgeSight } from '../detection/blind.ts'
import { budgetRange, judgeBudgets, type SpendOver } from '../detection/budgets.ts'
import { countInScope, type Judgement, type OpenAlert } from '../detection/finding.ts'
import { judgeForecasts } from '../detection/forecasts.ts'
import { judgeHealth } from '../detection/health.ts'
import { joinAccounts, joinMoney } from '../detection/together.ts'
import { judgeUnusualDays } from '../detection/unusual-days.ts'
import { judgeVelocity, velocityIdentity } from '../detection/velocity.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Owners } from '../ledger/owners.ts'
import type { SettingsStore } from '../settings/settings.ts'
import type { AccountRow, AccountsTable } from '../storage/accounts.ts'
import type { BudgetsTable } from '../storage/budgets.ts'
import { createEvidence, type AlertHistory } from './evidence.ts'
import { createOutlook } from './outlook.ts'
import type { NewNormalsTable } from '../storage/new-normals.ts'
import type { Plans } from './plans.ts'
import type { Usage } from './usage.ts'
import type { Watches } from './watches.ts'

/** The pace of the last minutes: long enough for some of their usage to have arrived. */
const paceMs = 20 * minuteMs

export type Judges = ReturnType<typeof createJudges>

/** Hands the pure judges what they look at, and puts their judgements together. */
export function createJudges(parts: {
  ledger: Ledger
  owners: Owners
  accounts: AccountsTable
  budgets: BudgetsTable
  settings: SettingsStore
  now(): number
  zone(): string
  awakeSince(): number | null
  pausedSince(): number | null
  watches: Watches
  plans: Plans
  newNormals: NewNormalsTable
  usage: Usage
  /** Prepaid money of an account, given what it spent in the last 24 hours. */
  prepaid(account: AccountRow, spentOfDay: (currency: string) => bigint | null): PrepaidMoney[]
  rates: RateBook
}) {
  const { ledger } = parts
  const evidence = createEvidence(parts)
  const outlook = createOutlook(parts)

  /** Whether usage of every account that may spend in a scope is known up to now. */
  function completenessOf(accounts: readonly AccountRow[], nowMs: number): (scope: Scope) => boolean {
    const complete = new Map(accounts.map((account) => [account, evidence.isComplete(account, nowMs)]))
    return (scope) => accounts.every((account) => complete.get(account) || !mayHold(scope, account))
  }

  /** Where budgets are heading, for one look at all of them. */
  function outlookAt(nowMs: number, isComplete: (scope: Scope) => boolean, spendOver: SpendOver) {
    const zone = parts.zone()
    const periodOf = periodsAt(nowMs)
    return outlook.look(nowMs, zone, isComplete, (budget, scope) => {
      const spent = spendOver(budgetRange(budget, periodOf, nowMs, zone))
      return spent && countInScope(spent, scope, budget.currency, parts.rates)
    })
  }

  /** Unusual and fast spend says why: what is new, what grew, what changed. */
  function explained({ findings, cleared }: Judgement, nowMs: number): Judgement {
    const explain = evidence.explainer(nowMs)
    return {
      cleared,
      findings: findings.map((finding) => {
        const [rule, accountId = '', currency = ''] = finding.identity.split(':')
        if (rule !== 'velocity' && rule !== 'anomaly') return finding
        const explanation = explain(accountId, currency, finding.sinceMs)
        return explanation ? { ...finding, explanation } : finding
      }),
    }
  }

  function judge(alerts: AlertHistory): Judgement {
    const nowMs = parts.now()
    const open = alerts.open()
    const history: AlertHistory = { open: () => open, latest: alerts.latest }
    const zone = parts.zone()
    const accounts = parts.accounts.list()
    const seen: OpenAlert[] = [...open]
    const lastHour = ledger.between({ fromMs: nowMs - hourMs, toMs: nowMs }, nowMs)
    const hours = evidence.habitHours(nowMs)
    const isComplete = completenessOf(accounts, nowMs)
    const spendOver = evidence.spendReader(nowMs)
    const anomalyFloor = parseNanos(parts.settings.read().anomalyFloor) ?? 5_000_000_000n
    const judgement = merge([
      judgeBudgets({
        budgets: parts.budgets.all(),
        spendOver,
        rates: parts.rates,
        open: seen,
        isComplete,
        nowMs,
        zone,
      }),
      judgeForecasts({
        budgets: parts.budgets.all(),
        forecastOf: outlookAt(nowMs, isComplete, spendOver),
        open: seen,
        nowMs,
        zone,
      }),
      judgeVelocity({
        scopes: accounts.flatMap((account) =>
          evidence.velocityScopes(account, lastHour, hours(account.id), history, nowMs),
        ),
        floorNanos: parseNanos(parts.settings.read().velocityFloor) ?? 25_000_000_000n,
        open: seen,
        nowMs,
      }),
      judgeAnomalies({
        watched: accounts.flatMap((account) => evidence.watchedSpend(account, lastHour, history, nowMs)),
        open: seen,
        floorNanos: anomalyFloor,
        nowMs,
      }),
      judgeUnusualDays({
        accounts: accounts.flatMap((account) => evidence.dailySpend(account, hours(account.id), nowMs)),
        open: seen,
        floorNanos: anomalyFloor,
        isSpokenOf: (accountId, currency, fromMs) =>
          [velocityIdentity(accountId, currency), anomalyIdentity(accountId, currency)].some((identity) => {
            const latest = alerts.latest(identity)
            return latest !== null && (latest.resolvedAtMs ?? nowMs) >= fromMs
          }),
      }),
      judgeBalances({
        balances: accounts.flatMap((account) =>
          parts.prepaid(account, (currency) => evidence.spentOfDay(account.id, currency, spendOver, nowMs)),
        ),
        open: seen,
        nowMs,
      }),
      judgeHealth({
        accounts: accounts.map((account) => ({
          accountId: account.id,
          label: account.label,
          pausedReason: account.pausedReason,
          calibration: ledger.calibration(account.id, nowMs),
          newestRatio: ledger.newestRatio(account.id, nowMs),
        })),
        open: seen,
        nowMs,
      }),
      judgeSight({
        accounts: accounts.map((account) => evidence.sightOf(account, hours(account.id))),
        open: seen,
        awakeSinceMs: parts.awakeSince(),
        pausedSinceMs: parts.pausedSince(),
        nowMs,
      }),
    ])
    const resolvedAtMs = (identity: string) => alerts.latest(identity)?.resolvedAtMs ?? null
    return joinAccounts(joinMoney(explained(judgement, nowMs), { open: seen, resolvedAtMs }, nowMs), seen)
  }

  return {
    judge,
    outlook: (nowMs: number, spendOver: SpendOver) =>
      outlookAt(nowMs, completenessOf(parts.accounts.list(), nowMs), spendOver),
    /** Whether usage of every account that may spend in a scope is known up to now. */
    completeness: (nowMs: number) => completenessOf(parts.accounts.list(), nowMs),
    spendReader: evidence.spendReader,
    lastHour: (nowMs: number) => {
      const spending = ledger.between({ fromMs: nowMs - hourMs, toMs: nowMs }, nowMs)
      return { spending, of: (accountId: string) => evidence.estimateOf(spending, accountId) }
    },
    /** A person said that what an account spends is its new normal. Runs inside the caller's transaction. */
    accept(accountId: string, currency: string): void {
      const atMs = parts.now()
      const spentOver = (ms: number) =>
        evidence
          .estimateOf(ledger.between({ fromMs: atMs - ms, toMs: atMs }, atMs), accountId)
          .reduce((sum, part) => (part.currency === currency ? sum + part.nanos : sum), 0n)
      // A rise of half an hour is not half as high.
      const pace = BigInt(hourMs / paceMs) * spentOver(paceMs)
      const hour = spentOver(hourMs)
      parts.newNormals.insert({ accountId, currency, atMs, hourNanos: pace > hour ? pace : hour })
      parts.watches.lookAgain()
    },
    /** Up to when the newest usage of any account is known. */
    asOf(): number | null {
      const covered = parts.accounts
        .list()
        .flatMap((account) => ledger.feedStates(account.id).map((state) => state.coveredToMs ?? 0))
      const newest = Math.max(0, ...covered)
      return newest === 0 ? null : newest
    },
  }
}

function merge(judgements: readonly Judgement[]): Judgement {
  return {
    findings: judgements.flatMap((one) => one.findings),
    cleared: new Map(judgements.flatMap((one) => [...one.cleared])),
  }
}
