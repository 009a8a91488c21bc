import { fail } from '../../shared/failures.ts'
import { nanosToDecimal } from '../../shared/money.ts'
import { presentCounted, type DisplayTotal } from '../../shared/rate-notes.ts'
import { countIn, type DaySums, type RateBook } from '../../shared/rates.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { noName, parseScope } from '../../shared/scope.ts'
import type { Grouping, History, Report, ReportRow, StepWidth } from '../../shared/spend.ts'
import type { Spend } from '../../shared/amounts.ts'
import { addDays, isZone, iso, startOfLocalDay, utcDay, utcDays, type TimeRange } from '../../shared/time.ts'
import { createBreather } from '../breather.ts'
import { bandsOf, stepBands, unknownStep, type StepBands } from './bands.ts'
import { groupOf } from './groups.ts'
import type { Ledger } from './ledger.ts'
import type { Owners } from './owners.ts'
import type { SeriesSpend, Spending } from './spend.ts'
import { createSpendFilter, everything, type SpendFilter } from './spend-filter.ts'
import { stepsOf, type Step } from './steps.ts'
import { readOf, sumsOf, totalOfRows, totalsOf } from './totals.ts'
import { i18n } from '../../shared/words.ts'

export interface ZonedRange extends TimeRange {
  zone: string
}

/** What a step of a report by time came to, and of whom it is. */
interface StepTotals {
  totals: Spend[]
  accounts: string[]
}

export type SpendViews = ReturnType<typeof createSpendViews>

/** More steps than this would be a chart nobody can read, and a query nobody wants to wait for. */
const mostSteps = 800
/** Of charts that are longer, single series are not kept in memory: they would push out those of all others. */
const mostKeptSteps = 120
/** Sums kept in memory, some hundred bytes each: several charts of a year. */
const mostSums = 40_000

/** Spend as people look at it: totals, breakdowns and series over time. */
export function createSpendViews(parts: {
  ledger: Ledger
  owners: Owners
  now(): number
  zone(): string
  asOf(accountId: string): number | null
  rates: RateBook
  /** Null: each currency by itself. */
  displayCurrency(): string | null
}) {
  const { ledger, owners } = parts
  const remembered = {
    bands: ledger.memory<StepBands>(mostSums, ({ sums }) => sums.length + 1),
    totals: ledger.memory<StepTotals>(mostSums, ({ totals }) => totals.length + 1),
  }

  const filterOf = (scopes: readonly string[]) => createSpendFilter(scopes, { owners, all: ledger.owned() })

  function rangeOf(from: string, to: string, zone: string | null): ZonedRange | null {
    const name = zone ?? parts.zone()
    if (!isZone(name)) return null
    const isDay = (text: string) => !text.includes('T')
    const fromMs = isDay(from) ? startOfLocalDay(from, name) : Date.parse(from)
    const toMs = isDay(to) ? startOfLocalDay(addDays(to, 1), name) : Date.parse(to)
    return Number.isFinite(fromMs) && Number.isFinite(toMs) && fromMs < toMs ? { fromMs, toMs, zone: name } : null
  }

  /** Totals by currency. Null where nothing was read; a currency appears once there is an account that was read. */
  function totals(range: TimeRange, nowMs: number): Spend[] {
    const spending = ledger.between(range, nowMs)
    return totalsOf(spending.parts, spending)
  }

  const dayOf = (
    { utcDay, ...span }: ReturnType<typeof utcDays>[number],
    nowMs: number,
    filter: SpendFilter = everything,
  ): DaySums => ({ utcDay, sums: sumsOf(filter.of(ledger.step(span, nowMs)).parts) })

  /** One total in the display currency; null where none is set. */
  function display(range: TimeRange, nowMs: number): DisplayTotal | null {
    const spending = ledger.between(range, nowMs)
    return displayOf(spending, () => utcDays(range).map((day) => dayOf(day, nowMs)))
  }

  function displayOf(spending: Spending, days: () => DaySums[]): DisplayTotal | null {
    const currency = parts.displayCurrency()
    if (currency === null) return null
    const counted = countIn(currency, sumsOf(spending.parts), days, parts.rates)
    const note = presentCounted(counted)
    const own = spending.parts.some(({ series }) => series.currency === currency)
    // Nothing but amounts without a rate is not 0.
    const isKnown = spending.read.size > 0 && (own || note.exchanges.length > 0 || note.missing.length === 0)
    return {
      currency,
      effective: isKnown ? nanosToDecimal(counted.nanos) : null,
      ratesOf:
        note.exchanges
          .map((one) => one.ratesOf)
          .sort()
          .at(-1) ?? null,
      ...note,
    }
  }

  /** Years of days, with a breath between them. */
  async function displayOfLong(
    spending: Spending,
    range: ZonedRange,
    filter: SpendFilter,
  ): Promise<DisplayTotal | null> {
    const currency = parts.displayCurrency()
    if (currency === null || spending.parts.every(({ series }) => series.currency === currency))
      return displayOf(spending, () => [])
    const days: DaySums[] = []
    const breathe = createBreather()
    for (const day of utcDays(withinKnown(range))) {
      days.push(dayOf(day, parts.now(), filter))
      await breathe()
    }
    return displayOf(spending, () => days)
  }

  async function report(range: ZonedRange, by: Grouping, scopes: readonly string[] = []): Promise<Report> {
    const filter = filterOf(scopes)
    const spending = filter.of(ledger.between(range, parts.now()))
    const rows = by === 'day' || by === 'hour' ? await byTime(range, by, scopes) : byOwner(spending, by)
    return {
      from: iso(range.fromMs),
      to: iso(range.toMs),
      by,
      zone: range.zone,
      rows,
      total: totalOfRows(rows, totalsOf(spending.parts, spending)),
      display: await displayOfLong(spending, range, filter),
    }
  }

  function byOwner(spending: Spending, by: Exclude<Grouping, 'day' | 'hour'>): ReportRow[] {
    const groups = new Map<string, { key: string; label: string; accounts: Set<string>; parts: SeriesSpend[] }>()
    /** Planes of accounts that tell what is asked for apart. */
    const named = new Set<string>()
    for (const part of spending.parts) {
      const owned = owners.own(part)
      const { key, label } = groupOf(owned, by)
      if (key !== noName) named.add(`${part.accountId} ${part.plane}`)
      const id = `${key}\n${part.series.currency}`
      let group = groups.get(id)
      if (!group) groups.set(id, (group = { key, label, accounts: new Set(), parts: [] }))
      group.accounts.add(part.accountId)
      group.parts.push(part)
    }
    /** A bill that does not tell keys apart says nothing of a key: unknown, and not 0. */
    const splitBy = (group: { key: string; accounts: Set<string>; parts: SeriesSpend[] }): Spending['read'] => {
      const read = readOf(spending, group.accounts)
      if (group.key === noName) return read
      const own = new Set(group.parts.map(({ accountId, plane }) => `${accountId} ${plane}`))
      return new Map(
        [...read].map(([account, planes]) => [
          account,
          new Set([...planes].filter((plane) => own.has(`${account} ${plane}`) || named.has(`${account} ${plane}`))),
        ]),
      )
    }
    return [...groups.values()]
      .flatMap((group) =>
        totalsOf(group.parts, { read: splitBy(group) }).map((total) => ({
          ...total,
          key: group.key,
          label: group.label,
          asOf: oldest([...group.accounts].map(parts.asOf)),
        })),
      )
      .filter((row) => [row.effective, row.billed, row.estimate].some((amount) => amount !== null && amount !== '0'))
      .sort((a, b) => Number(b.effective ?? 0) - Number(a.effective ?? 0) || a.key.localeCompare(b.key))
  }

  /**
   * People ask for "since 2010" to see everything. Where nothing was ever read there is no row, so those steps are not
   * even looked at. Cut at local midnights beyond the UTC days that are known, so that no step changes.
   */
  function withinKnown(range: ZonedRange): ZonedRange {
    const days = ledger.queries.knownDays()
    if (!days) return { ...range, toMs: range.fromMs }
    const midnight = (utcDayS: number, offset: number) =>
      startOfLocalDay(addDays(utcDay(utcDayS * 1_000), offset), range.zone)
    return {
      zone: range.zone,
      fromMs: Math.max(range.fromMs, midnight(days.firstS, -1)),
      toMs: Math.min(range.toMs, midnight(days.lastS, 3)),
    }
  }

  async function byTime(range: ZonedRange, step: 'day' | 'hour', scopes: readonly string[]): Promise<ReportRow[]> {
    const rows: ReportRow[] = []
    const filter = filterOf(scopes)
    const asOfAccounts = new Map(owners.all().map((account) => [account.id, parts.asOf(account.id)]))
    const breathe = createBreather()
    for (const { key, ...span } of stepsOf(withinKnown(range), step)) {
      const { totals, accounts } = remembered.totals.recall(
        span,
        parts.now(),
        () => {
          const spending = filter.of(ledger.step(span, parts.now()))
          return { totals: totalsOf(spending.parts, spending), accounts: [...spending.read.keys()] }
        },
        aboutOf(scopes),
      )
      const asOf = oldest(accounts.map((accountId) => asOfAccounts.get(accountId) ?? null))
      rows.push(...totals.map((total) => ({ ...total, key, label: key, asOf })))
      await breathe()
    }
    return rows
  }

  /** What is remembered is about these scopes, with accounts and names as they are now. */
  const aboutOf = (scopes: readonly string[], by = '') => JSON.stringify([owners.version(), by, ...scopes])

  async function history(
    range: ZonedRange,
    by: Exclude<Grouping, 'day' | 'hour'>,
    step: StepWidth,
    scopes: readonly string[] = [],
  ): Promise<Result<History>> {
    const steps: Step[] = []
    for (const span of stepsOf(range, step)) {
      if (steps.push(span) > mostSteps)
        return err(
          fail(
            'invalid-input',
            i18n.t('That is more than {mostSteps} steps; ask for fewer days, or for days instead of hours.', {
              mostSteps,
            }),
          ),
        )
    }
    const filter = filterOf(scopes)
    const read = steps.length > mostKeptSteps ? ledger.between : ledger.step
    const about = aboutOf(scopes, by)
    const bands: StepBands[] = []
    const breathe = createBreather()
    for (const span of steps) {
      const nowMs = parts.now()
      const make = () => stepBands(filter.of(read(span, nowMs)), (part) => groupOf(owners.ofSeries(part), by))
      bands.push(span.fromMs < nowMs ? remembered.bands.recall(span, nowMs, make, about) : unknownStep)
      await breathe()
    }
    const currencies = new Set(bands.flatMap(({ planes }) => [...planes.keys()]))
    return ok({
      zone: range.zone,
      steps: steps.map((span) => span.key),
      planes: bands.map(({ plane }) => plane),
      currencies: [...currencies].sort().map((currency) => ({
        currency,
        planes: bands.map(({ plane, planes }) => plane && (planes.get(currency) ?? 'billed')),
      })),
      series: bandsOf(bands).map(({ amounts, ...band }) => ({
        ...band,
        effective: bands.map(({ plane }, index) => (plane === null ? null : nanosToDecimal(amounts.get(index) ?? 0n))),
      })),
      scopes: scopes.flatMap((scope) => {
        const parsed = parseScope(scope)
        return parsed ? [{ scope, label: owners.labelOf(parsed) }] : []
      }),
    })
  }

  return {
    rangeOf,
    totals,
    display,
    report,
    history,
    /** Sums by currency of the spend in some scopes; null where nothing was read. For one instant, span by span. */
    sumsIn(scopes: readonly string[], nowMs: number): (span: TimeRange) => ReadonlyMap<string, bigint> | null {
      const filter = filterOf(scopes)
      return (span) => {
        const { parts: spent, read } = filter.of(ledger.step(span, nowMs))
        return read.size > 0 ? sumsOf(spent) : null
      }
    },
    between: (range: TimeRange) => ledger.between(range, parts.now()),
    owners,
  }
}

function oldest(times: readonly (number | null)[]): string | null {
  const known = times.filter((at) => at !== null)
  return known.length === 0 ? null : iso(Math.min(...known))
}
