import { providerFacts } from '../../shared/providers.ts'
import { ceilTo, dayMs, floorTo, hourMs, type TimeRange } from '../../shared/time.ts'
import { createBreather } from '../breather.ts'
import { csvCell } from '../../shared/csv-cell.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Owners } from '../ledger/owners.ts'
import { widths } from '../providers/adapter.ts'
import type { AccountRow } from '../storage/accounts.ts'
import type { FeedState } from '../storage/feeds.ts'
import { billOf } from './bill-feed.ts'
import { exportColumns, type ExportColumn, type FocusRecord } from './columns.ts'
import { serviceOf, serviceOfCompany } from './services.ts'
import { toRecord } from './to-record.ts'

/** A piece of a file: whoever writes it asks for the next until there is none, and need not hold more than one. */
export interface ExportPiece {
  text: string
  rows: number
  /** Where the next piece begins; null after the last. */
  nextMs: number | null
}

const columns = Object.keys(exportColumns) as ExportColumn[]
/** A piece ends with the UTC day in which it grows beyond this. */
const pieceLength = 1_000_000

/**
 * The ledger as FOCUS 1.4, one line a stored line. Of each UTC day, account and currency only the plane that counts is
 * in it, so BilledCost adds up to what reports show; what is estimated is marked by x_Estimated.
 */
export async function exportFocus(
  parts: { ledger: Ledger; owners: Owners },
  range: TimeRange,
  isFirst: boolean,
): Promise<ExportPiece> {
  const breathe = createBreather()
  const lines = isFirst ? [columns.join(',')] : []
  let length = 0
  let rows = 0
  const { fromMs, toMs } = withinKnown(parts.ledger, range)
  for (let day = fromMs; day < toMs; day += dayMs) {
    if (length > pieceLength) return { text: textOf(lines), rows, nextMs: day }
    for (const record of recordsOfDay(parts, day)) {
      if (record) {
        const line = csvLine(record)
        lines.push(line)
        length += line.length
        rows++
      }
      await breathe()
    }
  }
  return { text: textOf(lines), rows, nextMs: null }
}

/** Whole UTC days, and only those of which anything is known: people ask for "since 2010". */
function withinKnown(ledger: Ledger, range: TimeRange): TimeRange {
  const fromMs = floorTo(range.fromMs, dayMs)
  const known = ledger.queries.knownDays()
  if (!known) return { fromMs, toMs: fromMs }
  return {
    fromMs: Math.max(fromMs, known.firstS * 1_000),
    toMs: Math.min(ceilTo(range.toMs, dayMs), known.lastS * 1_000 + dayMs),
  }
}

/** The lines of a day, account by account. Null now and then, between two reads, so that others get their turn. */
function* recordsOfDay(
  { ledger, owners }: { ledger: Ledger; owners: Owners },
  day: number,
): Iterable<FocusRecord | null> {
  const standing = ledger.queries.standing(day / 1_000)
  for (const account of owners.all()) {
    const planes = new Map(
      standing.filter(({ accountId }) => accountId === account.id).map(({ currency, plane }) => [currency, plane]),
    )
    if (planes.size === 0) continue
    for (const state of ledger.feedStates(account.id)) {
      if (![...planes.values()].includes(state.plane)) continue
      for (const part of partsOfDay(state, day)) {
        yield null
        yield* records({ ledger, owners }, account, state, part, planes)
      }
    }
  }
}

/** Of an estimate there may be a row a minute and series: an hour at a time is read quickly. */
function partsOfDay({ plane }: FeedState, day: number): TimeRange[] {
  if (plane === 'billed') return [{ fromMs: day, toMs: day + dayMs }]
  return Array.from({ length: 24 }, (_, hour) => ({ fromMs: day + hour * hourMs, toMs: day + (hour + 1) * hourMs }))
}

function* records(
  { ledger, owners }: { ledger: Ledger; owners: Owners },
  account: AccountRow,
  state: FeedState,
  part: TimeRange,
  planes: ReadonlyMap<string, string>,
): Iterable<FocusRecord> {
  const bill = billOf(state.feed)
  const service = bill
    ? serviceOfCompany(bill.issuer)
    : serviceOf(account.provider, providerFacts(account.provider).label)
  const name = (kind: 'project' | 'key', id: string | null) =>
    id === null ? null : owners.nameOf(account.id, kind, id)
  for (const { startMs, width, lines } of ledger.bucketsOf(account.id, state.feed, part)) {
    for (const line of lines) {
      if (state.plane === 'insight' || planes.get(line.currency) !== state.plane) continue
      yield toRecord({
        line,
        startMs,
        endMs: startMs + widths[width],
        plane: state.plane,
        account,
        bill,
        service,
        projectName: name('project', line.project),
        keyName: name('key', line.apiKey),
        asOfMs: state.coveredToMs,
      })
    }
  }
}

function csvLine(record: FocusRecord): string {
  return columns.map((column) => cellOf(exportColumns[column], record[column] ?? '')).join(',')
}

/** Decimals keep a point: tools that guess types take a column of whole numbers for integers, which it must not be. */
function cellOf(type: (typeof exportColumns)[ExportColumn], value: string): string {
  if (type === 'text') return csvCell(value)
  return type === 'decimal' && /^-?\d+$/.test(value) ? `${value}.0` : value
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\r\n`).join('')
}
