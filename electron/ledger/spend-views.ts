import { fail } from '../../shared/failures.ts'
import { nanosToDecimal, parseNanos } from '../../shared/money.ts'
import { presentCounted, type DisplayTotal } from '../../shared/rate-notes.ts'
import { countIn, type DaySums, type RateBook } from '../../shared/rates.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Grouping, History, Report, ReportRow } from '../../shared/spend.ts'
import type { Spend } from '../../shared/amounts.ts'
import {
  addDays,
  floorTo,
  hourMs,
  isZone,
  iso,
  localDay,
  startOfLocalDay,
  utcDay,
  utcDays,
  type TimeRange,
} from '../../shared/time.ts'
import type { OwnedSpend } from '../detection/finding.ts'
import { createBreather } from '../breather.ts'
import type { Ledger } from './ledger.ts'
import type { Owners } from './owners.ts'
import type { SeriesSpend, Spending } from './spend.ts'

export interface ZonedRange extends TimeRange {
  zone: string
}

export type SpendViews = ReturnType<typeof createSpendViews>

/** More steps than this would be a chart nobody can read, and a query nobody wants to wait for. */
const mostSteps = 800

export const noName = '(none)'

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

  const dayOf = ({ utcDay, ...span }: ReturnType<typeof utcDays>[number], nowMs: number): DaySums => ({
    utcDay,
    sums: sumsOf(ledger.step(span, nowMs).parts),
  })

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
  async function displayOfLong(spending: Spending, range: ZonedRange): Promise<DisplayTotal | null> {
    const currency = parts.displayCurrency()
    if (currency === null || spending.parts.every(({ series }) => series.currency === currency))
      return displayOf(spending, () => [])
    const days: DaySums[] = []
    const breathe = createBreather()
    for (const day of utcDays(withinKnown(range))) {
      days.push(dayOf(day, parts.now()))
      await breathe()
    }
    return displayOf(spending, () => days)
  }

  async function report(range: ZonedRange, by: Grouping): Promise<Report> {
    const spending = ledger.between(range, parts.now())
    const rows = by === 'day' || by === 'hour' ? await byTime(range, by) : byOwner(spending, by)
    return {
      from: iso(range.fromMs),
      to: iso(range.toMs),
      by,
      zone: range.zone,
      rows,
      total: totalOfRows(rows, totalsOf(spending.parts, spending)),
      display: await displayOfLong(spending, range),
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

  async function byTime(range: ZonedRange, step: 'day' | 'hour'): Promise<ReportRow[]> {
    const rows: ReportRow[] = []
    const asOfAccounts = new Map(owners.all().map((account) => [account.id, parts.asOf(account.id)]))
    const breathe = createBreather()
    for (const { key, ...span } of stepsOf(withinKnown(range), step)) {
      const spending = ledger.step(span, parts.now())
      const asOf = oldest([...spending.read.keys()].map((accountId) => asOfAccounts.get(accountId) ?? null))
      rows.push(...totalsOf(spending.parts, spending).map((total) => ({ ...total, key, label: key, asOf })))
      await breathe()
    }
    return rows
  }

  async function history(
    range: ZonedRange,
    by: Exclude<Grouping, 'day' | 'hour'>,
    step: 'day' | 'hour',
  ): Promise<Result<History>> {
    const steps: Step[] = []
    for (const span of stepsOf(range, step)) {
      if (steps.push(span) > mostSteps)
        return err(
          fail(
            'invalid-input',
            `That is more than ${mostSteps} steps; ask for fewer days, or for days instead of hours.`,
          ),
        )
    }
    const bands = createBands((part) => groupOf(owners.own(part), by))
    const planes: History['planes'] = []
    const breathe = createBreather()
    for (const [index, span] of steps.entries()) {
      const spending = span.fromMs < parts.now() ? ledger.step(span, parts.now()) : { parts: [], read: new Map() }
      planes.push(planeOf(spending.parts, spending.read.size > 0))
      for (const part of spending.parts) bands.add(index, part)
      await breathe()
    }
    return ok({
      zone: range.zone,
      steps: steps.map((span) => span.key),
      planes,
      series: bands.all().map(({ amounts, ...band }) => ({
        ...band,
        effective: planes.map((plane, index) => (plane === null ? null : nanosToDecimal(amounts.get(index) ?? 0n))),
      })),
    })
  }

  return {
    rangeOf,
    totals,
    display,
    report,
    history,
    between: (range: TimeRange) => ledger.between(range, parts.now()),
    owners,
  }
}

/** What was read of some accounts: what only others have must not make an unknown amount of these a 0. */
function readOf({ read }: Spending, accounts: ReadonlySet<string>): Spending['read'] {
  return new Map([...read].filter(([account]) => accounts.has(account)))
}

/** What counts, by currency. */
function sumsOf(spent: readonly SeriesSpend[]): Map<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const { series, effectiveNanos } of spent)
    sums.set(series.currency, (sums.get(series.currency) ?? 0n) + effectiveNanos)
  return sums
}

/**
 * Sums by currency. Every series belongs to one plane; what no plane was read for stays unknown. A plane says something of
 * a currency only where an account has both: an estimate in dollars is no estimate of 0 for the euros of somebody else.
 * What an account without any spend would have been billed in is not known, and counts as dollars.
 */
export function totalsOf(spent: readonly SeriesSpend[], spending: Pick<Spending, 'read'>): Spend[] {
  const sums = new Map<string, Sum>()
  const sumOf = (currency: string) => {
    let sum = sums.get(currency)
    if (!sum) sums.set(currency, (sum = { effective: 0n, billed: 0n, estimate: 0n, accounts: new Set() }))
    return sum
  }
  const withSpend = new Set<string>()
  for (const { series, accountId, plane, nanos, effectiveNanos } of spent) {
    const sum = sumOf(series.currency)
    sum.effective += effectiveNanos
    sum[plane] += nanos
    sum.accounts.add(accountId)
    withSpend.add(accountId)
  }
  if (sums.size === 0 && spending.read.size > 0) sumOf('USD')
  for (const account of spending.read.keys()) if (!withSpend.has(account)) sums.get('USD')?.accounts.add(account)
  return [...sums]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([currency, { effective, billed, estimate, accounts }]) => {
      const read = (plane: 'billed' | 'estimate') =>
        [...accounts].some((account) => spending.read.get(account)?.has(plane))
      return {
        currency,
        effective: nanosToDecimal(effective),
        billed: read('billed') ? nanosToDecimal(billed) : null,
        estimate: read('estimate') ? nanosToDecimal(estimate) : null,
      }
    })
}

interface Sum {
  effective: bigint
  billed: bigint
  estimate: bigint
  accounts: Set<string>
}

/** The total is the sum of the rows, to the nano, also where days were cut in parts and rounded. */
function totalOfRows(rows: readonly ReportRow[], totals: readonly Spend[]): Spend[] {
  const add = (currency: string, column: 'effective' | 'billed' | 'estimate') => {
    const amounts = rows.filter((row) => row.currency === currency).map((row) => row[column])
    const known = amounts.filter((amount) => amount !== null)
    return known.length === 0
      ? null
      : nanosToDecimal(known.reduce((sum, amount) => sum + (parseNanos(amount) ?? 0n), 0n))
  }
  return totals.map((total) => ({
    currency: total.currency,
    effective: add(total.currency, 'effective') ?? total.effective,
    billed: add(total.currency, 'billed') ?? total.billed,
    estimate: add(total.currency, 'estimate') ?? total.estimate,
  }))
}

function groupOf({ owner, labels }: OwnedSpend, by: Exclude<Grouping, 'day' | 'hour'>): { key: string; label: string } {
  const named = (key: string | null | undefined, label: string | null) => ({
    key: key ?? noName,
    label: label ?? key ?? noName,
  })
  switch (by) {
    case 'provider':
      return named(owner.provider, labels.provider)
    case 'account':
      return named(owner.account, labels.account)
    case 'workspace':
      return named(owner.workspace, owner.workspace)
    case 'project':
      return named(owner.project[0], labels.project)
    case 'model':
      return named(owner.model, owner.model)
    case 'key':
      return named(owner.key[0], labels.key)
    default:
      return by satisfies never
  }
}

interface Band {
  key: string
  label: string
  currency: string
  /** What counts, by the number of the step. */
  amounts: Map<number, bigint>
}

/** Adds up spend by group and step. The group of a series is looked up once. */
function createBands(groupOf: (part: SeriesSpend) => { key: string; label: string }) {
  const bands = new Map<string, Band>()
  const bySeries = new Map<number, Band>()
  const bandOf = (part: SeriesSpend): Band => {
    const { key, label } = groupOf(part)
    const { currency } = part.series
    const id = `${key}\n${currency}`
    const band = bands.get(id) ?? { key, label, currency, amounts: new Map<number, bigint>() }
    bands.set(id, band)
    bySeries.set(part.series.id, band)
    return band
  }
  return {
    add(step: number, part: SeriesSpend): void {
      if (part.effectiveNanos === 0n) return
      const { amounts } = bySeries.get(part.series.id) ?? bandOf(part)
      amounts.set(step, (amounts.get(step) ?? 0n) + part.effectiveNanos)
    },
    all: () => [...bands.values()],
  }
}

function planeOf(spent: readonly SeriesSpend[], known: boolean): History['planes'][number] {
  if (!known) return null
  const planes = new Set<SeriesSpend['plane']>()
  for (const part of spent) if (part.effectiveNanos !== 0n) planes.add(part.plane)
  return planes.size > 1 ? 'mixed' : ([...planes][0] ?? 'billed')
}

type Step = TimeRange & { key: string }

/** One by one, because a range may be long. */
function* stepsOf(range: ZonedRange, step: 'day' | 'hour'): Iterable<Step> {
  if (step === 'hour') {
    for (let fromMs = floorTo(range.fromMs, hourMs); fromMs < range.toMs; fromMs += hourMs)
      yield { key: iso(fromMs), fromMs: Math.max(fromMs, range.fromMs), toMs: Math.min(fromMs + hourMs, range.toMs) }
    return
  }
  let day = localDay(range.fromMs, range.zone)
  for (let { fromMs } = range; fromMs < range.toMs;) {
    const next = addDays(day, 1)
    const toMs = Math.min(startOfLocalDay(next, range.zone), range.toMs)
    yield { key: day, fromMs, toMs }
    day = next
    fromMs = toMs
  }
}

function oldest(times: readonly (number | null)[]): string | null {
  const known = times.filter((at) => at !== null)
  return known.length === 0 ? null : iso(Math.min(...known))
}
