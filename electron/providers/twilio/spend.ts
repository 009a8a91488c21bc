import { ok, type Result } from '../../../shared/result.ts'
import { dayMs, floorTo } from '../../../shared/time.ts'
import type { CostBucket, CounterReading, Dimensions, ReadContext, ReadWindow, SpendReading } from '../adapter.ts'
import { kinds, readAccounts, readDays, total } from './records.ts'
import type { UsageRecord } from './schema.ts'

/** An amount of a day, and what it was for. */
interface Amount extends Dimensions {
  startMs: number
  currency: string
  nanos: bigint
}

/** The bill by day. */
export async function readBill(context: ReadContext, window: ReadWindow): Promise<Result<SpendReading>> {
  const found = isEach(context) ? await readEachAndRest(context, window) : await readTogether(context, window)
  if (!found.ok) return found
  const { amounts, asOfMs } = found.value
  const days = new Map<number, CostBucket>()
  for (const { startMs, currency, nanos, ...dimensions } of amounts) {
    const day = days.get(startMs) ?? { startMs, width: 'day', lines: [] }
    days.set(startMs, day)
    if (nanos !== 0n) day.lines.push({ ...dimensions, currency, costNanos: nanos, quantity: null, pricing: 'billed' })
  }
  const buckets = [...days.values()].sort((a, b) => a.startMs - b.startMs)
  return ok({ buckets, ...(asOfMs === null ? {} : { asOfMs: Math.min(asOfMs, context.now()) }) })
}

/**
 * What today has cost so far: Twilio counts within minutes, and the day's record grows. An account that is suspended in
 * the middle of the day is no longer asked; its total is remembered as it was.
 */
export async function readToday(context: ReadContext): Promise<Result<CounterReading[]>> {
  const fromMs = floorTo(context.now(), dayMs)
  const today = { fromMs, toMs: fromMs + dayMs }
  const found = isEach(context) ? await readEach(context, today) : await readTogether(context, today)
  if (!found.ok) return found
  const shown = found.value.amounts.filter(({ startMs }) => startMs === fromMs)
  return ok(shown.map(({ startMs, nanos, ...one }) => ({ ...one, totalNanos: nanos, sinceMs: startMs })))
}

interface Span {
  fromMs: number
  toMs: number
}
type Amounts = Result<{ amounts: Amount[]; asOfMs: number | null }>

function isEach({ options }: ReadContext): boolean {
  return options['subaccounts'] === 'each'
}

/** The whole account with its sub-accounts, by kind. What the kinds leave over is `other`, so that all of it is the total. */
async function readTogether(context: ReadContext, window: Span): Promise<Amounts> {
  const sid = sidOf(context)
  const whole = await readDays(context, sid, total, window, 'all')
  if (!whole.ok) return whole
  const amounts: Amount[] = amountsOf(whole.value, sid, 'other')
  for (const kind of kinds) {
    const part = await readDays(context, sid, kind, window, 'all')
    if (!part.ok) return part
    for (const one of amountsOf(part.value, sid, kind)) {
      const rest = amounts.find(
        (day) => day.lineItem === 'other' && day.startMs === one.startMs && day.currency === one.currency,
      )
      if (!rest || one.nanos === 0n) continue
      rest.nanos -= one.nanos
      amounts.push(one)
    }
  }
  return ok({ amounts, asOfMs: asOf(whole.value) })
}

/** Each account by itself, without the others that it may own. */
async function readEach(context: ReadContext, window: Span): Promise<Amounts> {
  const accounts = await readAccounts(context)
  if (!accounts.ok) return accounts
  const amounts: Amount[] = []
  const read: UsageRecord[] = []
  for (const { sid } of accounts.value) {
    const days = await readDays(context, sid, total, window, 'own')
    if (!days.ok) return days
    read.push(...days.value)
    amounts.push(...amountsOf(days.value, sid, null))
  }
  return ok({ amounts, asOfMs: asOf(read) })
}

/**
 * The same, and what they leave over of the whole: an account that was suspended or closed since, as after fraud, is not
 * listed, and what it cost must not vanish from its days.
 */
async function readEachAndRest(context: ReadContext, window: Span): Promise<Amounts> {
  const sid = sidOf(context)
  // First, because today's amounts grow while they are read: what is left over is never too much.
  const whole = await readDays(context, sid, total, window, 'all')
  if (!whole.ok) return whole
  const each = await readEach(context, window)
  if (!each.ok) return each
  const rest = amountsOf(whole.value, sid, 'sub-accounts that are not active').flatMap((day) => {
    const own = each.value.amounts.filter((one) => one.startMs === day.startMs && one.currency === day.currency)
    const nanos = own.reduce((left, one) => left - one.nanos, day.nanos)
    return nanos > 0n ? [{ ...day, nanos, project: null }] : []
  })
  return ok({ ...each.value, amounts: [...each.value.amounts, ...rest] })
}

function sidOf({ options }: ReadContext): string {
  return options['account_sid'] ?? ''
}

/** A record without a price names no money: that day is unknown, and left out. */
function amountsOf(records: readonly UsageRecord[], sid: string, lineItem: string | null): Amount[] {
  return records.flatMap(({ start_date: day, price, price_unit: currency }) =>
    price === null
      ? []
      : [{ startMs: Date.parse(`${day}T00:00:00Z`), currency, nanos: price, project: sid, lineItem, ...none }],
  )
}

const none = { model: null, apiKey: null, tier: null }

/** Up to when the newest day is complete; earlier days were complete before. */
function asOf(records: readonly UsageRecord[]): number | null {
  const instants = records.map(({ as_of: at }) => Date.parse(at ?? '')).filter((at) => !Number.isNaN(at))
  return instants.length === 0 ? null : Math.max(...instants)
}
