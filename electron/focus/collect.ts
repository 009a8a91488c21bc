import { withoutApostrophe } from '../../shared/csv-cell.ts'
import { isStorable } from '../../shared/money.ts'
import { dayMs, floorTo, type TimeRange } from '../../shared/time.ts'
import type { CostBucket, CostLine } from '../providers/adapter.ts'
import type { BillName } from './bill-feed.ts'
import { chargeCategories, type ChargeCategory } from './columns.ts'
import { joinLineItem } from './line-item.ts'
import { problemAt } from './problem.ts'
import { readInstant, readNanos } from './read-values.ts'
import { importColumns, importFields, type Cells, type ImportField } from './source.ts'
import { daysOf, spread, timeOfCharge } from './spread.ts'
import { i18n } from '../../shared/words.ts'

/** A longer charge is a date that was misread. */
const mostDays = 3_660
/**
 * A bill of a whole cloud may have more kinds of lines than a day is stored with at once. Beyond these the description
 * and the key are left out of new ones, and beyond the second everything but service and category.
 */
const mostSeries = 2_000
const mostCoarseSeries = 3_000

type Dimensions = Omit<CostLine, 'costNanos' | 'quantity'>
interface Sum {
  nanos: bigint
  quantity: number | null
}

interface Bill extends BillName {
  period: TimeRange
  /** Sums by series and day. */
  days: Map<number, Map<number, Sum>>
  /** Days that hold an estimate, which is never the final bill. */
  estimated: Set<number>
}

/** What a file says, ready to be stored. */
export interface ReadBill extends BillName {
  /** Start of each day that the bill says something of, in order; also those on which it says that nothing was charged. */
  days: number[]
}

const at = Object.fromEntries(importFields.map((field, index) => [field, index])) as Record<ImportField, number>
const between = '\u0001'

/**
 * Adds up the lines of files by bill, UTC day and kind of spend, so that the memory it needs depends on how many kinds
 * there are and not on how long the files are.
 */
export function createCollector() {
  const bills = new Map<string, Bill>()
  const series = new Map<string, number>()
  const dimensions: Dimensions[] = []
  const coarse = new Map<string, number>()
  const names = new Map<string, { kind: 'project' | 'key'; id: string; name: string }>()
  const totals = new Map<string, bigint>()
  const instants = new Map<string, number>()
  let lines = 0
  let merged = 0
  let latest: { key: string; bill: Bill } | null = null

  /** `unit` is what `line` counts: lines of a text, or rows. */
  function add(cells: Cells, line: number, unit: 'line' | 'row'): void {
    const cell = (field: ImportField) => withoutApostrophe(cells[at[field]] ?? '')
    const refuse = (field: ImportField, wanted: string) =>
      problemAt(`${unit} ${line}`, importColumns[field].names[0], cell(field), wanted)
    const instantOf = (field: ImportField) => {
      const text = cell(field)
      const known = instants.get(text)
      if (known !== undefined) return known
      const ms = readInstant(text)
      if (ms === null) throw refuse(field, i18n.t('It must be an instant such as 2026-11-01T00:00:00Z.'))
      if (instants.size >= 5_000) instants.clear()
      instants.set(copyOf(text), ms)
      return ms
    }

    const nanos = readNanos(cell('billedCost'))
    if (nanos === null)
      throw refuse(
        'billedCost',
        i18n.t('It must be a decimal number such as 12.5 or 1.2E-7, and of no more than ten digits before the point.'),
      )
    const charge = { fromMs: instantOf('chargeFrom'), toMs: instantOf('chargeTo') }
    if (charge.toMs < charge.fromMs) throw refuse('chargeTo', i18n.t('The charge ends before it begins.'))
    const correction = cell('chargeClass') === 'Correction'
    const estimated = isTrue(cell('estimated'))
    const bill = billFor(cell, instantOf, refuse)
    const time = timeOfCharge(charge, bill.period, correction)
    if (daysOf(time) > mostDays) throw refuse('chargeTo', i18n.t('The charge is longer than ten years.'))
    const quantity = quantityOf(cell, refuse)
    const id = seriesFor(cell, refuse, correction, estimated)
    let share: number | null = quantity
    spread(nanos, time, (day, part) => {
      const sums = bill.days.get(day) ?? new Map<number, Sum>()
      if (sums.size === 0) bill.days.set(day, sums)
      if (estimated) bill.estimated.add(day)
      const sum = sums.get(id)
      if (!sum) sums.set(id, { nanos: part, quantity: share })
      else {
        sum.nanos += part
        if (share !== null) sum.quantity = (sum.quantity ?? 0) + share
        if (!isStorable(sum.nanos)) throw refuse('billedCost', i18n.t('The sum of the day is too large.'))
      }
      // A quantity explains, and is not split: all of it stands on the first day.
      share = null
    })
    const currency = dimensions[id]?.currency ?? ''
    totals.set(currency, (totals.get(currency) ?? 0n) + nanos)
    lines++
  }

  type CellOf = (field: ImportField) => string
  type Refuse = (field: ImportField, wanted: string) => Error

  function billFor(cell: CellOf, instantOf: (field: ImportField) => number, refuse: Refuse): Bill {
    const billingAccount = cell('billingAccount')
    if (billingAccount === '') throw refuse('billingAccount', i18n.t('It must say whose bill the charge is on.'))
    const key = [billingAccount, cell('issuer'), cell('billingFrom'), cell('billingTo')].join(between)
    if (latest?.key === key) return latest.bill
    const period = { fromMs: instantOf('billingFrom'), toMs: instantOf('billingTo') }
    if (period.toMs <= period.fromMs) throw refuse('billingTo', i18n.t('The billing period ends before it begins.'))
    const issuer = copyOf(cell('issuer')) || 'Unknown'
    const name = {
      billingAccount: copyOf(billingAccount),
      issuer,
      from: dayText(period.fromMs),
      to: dayText(period.toMs),
    }
    // Two ways of writing the same instant are one bill.
    const same = [name.billingAccount, name.issuer, name.from, name.to].join(between)
    const bill = bills.get(same) ?? { ...name, period, days: new Map(), estimated: new Set() }
    bills.set(same, bill)
    latest = { key: copyOf(key), bill }
    return bill
  }

  function seriesFor(cell: CellOf, refuse: Refuse, correction: boolean, estimated: boolean): number {
    // Of resources only keys are told apart: a cloud has millions of others.
    const apiKey = isKeyType(cell('resourceType')) ? cell('resource') : ''
    const key = `${apiKey}${between}${seriesFields.map(cell).join(between)}`
    const known = series.get(key)
    if (known !== undefined) return known
    const currency = cell('currency')
    if (!/^[A-Za-z]{3}$/.test(currency)) throw refuse('currency', i18n.t('It must be a currency such as USD.'))
    const category = categoryOf(cell('category'))
    const textOf = (field: ImportField) => copyOf(cell(field)) || null
    const item = { category, correction, service: textOf('service'), description: textOf('description') }
    const full: Dimensions = {
      currency: currency.toUpperCase(),
      model: category === 'Usage' || category === 'Purchase' ? textOf('model') : null,
      project: textOf('project'),
      apiKey: copyOf(apiKey) || null,
      lineItem: joinLineItem(item) || null,
      tier: textOf('tier'),
      pricing: estimated ? 'listed' : 'billed',
    }
    const id = idFor(full, joinLineItem({ ...item, description: null }))
    remember('project', full.project, textOf('projectName'))
    remember('key', full.apiKey, textOf('resourceName'))
    // Beyond this many ways of saying the same few things, the rest takes the long way each time.
    if (series.size < mostSeries * 10) series.set(copyOf(key), id)
    return id
  }

  function idFor(full: Dimensions, service: string): number {
    const stages: Dimensions[] = [
      full,
      { ...full, apiKey: null, lineItem: service || null },
      { ...full, apiKey: null, lineItem: service || null, model: null, project: null, tier: null },
    ]
    for (const [stage, most] of [mostSeries, mostCoarseSeries, Infinity].entries()) {
      const one = stages[stage] ?? full
      const print = JSON.stringify(one)
      const known = coarse.get(print)
      if (known === undefined && dimensions.length >= most) continue
      if (stage > 0) merged++
      if (known !== undefined) return known
      coarse.set(print, dimensions.length)
      return dimensions.push(one) - 1
    }
    throw new RangeError('the last stage takes everything')
  }

  function remember(kind: 'project' | 'key', id: string | null, name: string | null): void {
    if (id !== null && name !== null && id !== name && names.size < mostSeries)
      names.set(`${kind} ${id}`, { kind, id, name })
  }

  return {
    add,
    lines: () => lines,
    /** Kinds of spend that were put together because there were too many. */
    isMerged: () => merged > 0,
    totals: () => totals,
    /** Names of the projects and keys that the lines have. */
    names: () => {
      const used = new Set(dimensions.flatMap((one) => [`project ${one.project}`, `key ${one.apiKey}`]))
      return [...names.entries()].flatMap(([key, name]) => (used.has(key) ? [name] : []))
    },
    bills: (): ReadBill[] => [...bills.values()].map((bill) => ({ ...nameOf(bill), days: daysToStore(bill) })),
    /** What a bill says of one day. */
    bucket(billIndex: number, day: number): CostBucket {
      const bill = [...bills.values()][billIndex]
      const lines = [...(bill?.days.get(day) ?? [])].flatMap(([id, { nanos, quantity }]): CostLine[] => {
        const one = dimensions[id]
        return one ? [{ ...one, costNanos: nanos, quantity }] : []
      })
      return { startMs: day, width: 'day', lines, ...(bill?.estimated.has(day) && { incomplete: true as const }) }
    },
  }
}

export type Collector = ReturnType<typeof createCollector>

const seriesFields = [
  'currency',
  'category',
  'chargeClass',
  'description',
  'service',
  'model',
  'project',
  'tier',
  'estimated',
] as const satisfies readonly ImportField[]

function nameOf({ issuer, billingAccount, from, to }: BillName): BillName {
  return { issuer, billingAccount, from, to }
}

/**
 * A file is complete between the first and the last day that it has of a billing period: a day without a charge is one on
 * which nothing was charged, whatever an older file said. Days outside the period, of corrections, stand for themselves.
 */
function daysToStore({ days, period }: Bill): number[] {
  const inside = [...days.keys()].filter((day) => day >= floorTo(period.fromMs, dayMs) && day < period.toMs)
  const wanted = new Set(days.keys())
  for (let day = Math.min(...inside); day < Math.max(...inside); day += dayMs) wanted.add(day)
  return [...wanted].sort((a, b) => a - b)
}

function quantityOf(cell: (field: ImportField) => string, refuse: (field: ImportField, wanted: string) => Error) {
  const text = cell('quantity')
  if (text === '' || isFalse(cell('quantityKnown'))) return null
  const quantity = Number(text)
  if (!Number.isFinite(quantity)) throw refuse('quantity', i18n.t('It must be a decimal number such as 1250.'))
  return quantity
}

/** A category that is not in the specification stays apart from usage. */
function categoryOf(text: string): ChargeCategory {
  return text === '' ? 'Usage' : (chargeCategories.find((one) => one === text) ?? 'Adjustment')
}

/** `API Key` as we write it, `ApiKey`, `api-key`. */
const isKeyType = (text: string) => text !== '' && text.toLowerCase().replaceAll(/[^a-z]/g, '') === 'apikey'
const isTrue = (text: string) => text.toLowerCase() === 'true'
const isFalse = (text: string) => text.toLowerCase() === 'false'
const dayText = (ms: number) => {
  const text = new Date(ms).toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text
}

/** A text cut out of a piece of a file keeps the whole piece in memory; a copy does not. */
function copyOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8')
}
