import type { Failure } from '../../shared/failures.ts'
import { parseRate, type ManualRate, type Quote } from '../../shared/rates.ts'
import type { Db } from './database.ts'
import { readFailure } from './stored-failure.ts'

export interface PublishedRate {
  currency: string
  day: string
  perEuro: string
}

export interface RateReading {
  readAtMs: number | null
  triedAtMs: number
  failure: Failure | null
}

export type RatesTable = ReturnType<typeof createRatesTable>

/** Rates are asked for at every look at money of two currencies, and change once a day: what was read is kept. */
export function createRatesTable(db: Db) {
  const quotes = db.prepare('SELECT day, per_euro AS perEuro FROM rates WHERE currency = ? AND held = 0 ORDER BY day')
  // SQLite takes the other columns of a group from the row that holds the maximum.
  const newest = db.prepare(
    'SELECT currency, MAX(day) AS day, per_euro AS perEuro FROM rates WHERE held = 0 GROUP BY currency',
  )
  const held = db.prepare(`SELECT currency, MAX(day) AS day, per_euro AS perEuro FROM rates WHERE held = 1 AND day > (
      SELECT coalesce(MAX(good.day), '') FROM rates good WHERE good.currency = rates.currency AND good.held = 0)
    GROUP BY currency`)
  const save = db.prepare('INSERT INTO rates VALUES (@currency, @day, @perEuro, @held) ON CONFLICT DO NOTHING')
  const lastGood = db.prepare("SELECT coalesce(MAX(day), '') FROM rates WHERE currency = ? AND held = 0").pluck()
  const accept = db.prepare('UPDATE rates SET held = 0 WHERE currency = ? AND held = 1 AND day > ?')
  const manual = db.prepare(
    'SELECT base AS "from", quote AS "to", rate, from_day AS fromDay FROM manual_rates ORDER BY base, quote, from_day',
  )
  const setManual = db.prepare(`INSERT INTO manual_rates VALUES (@from, @to, @fromDay, @rate)
    ON CONFLICT DO UPDATE SET rate = excluded.rate`)
  const clearTurned = db.prepare('DELETE FROM manual_rates WHERE base = @to AND quote = @from AND from_day = @fromDay')
  const clearManual = db.prepare(`DELETE FROM manual_rates
    WHERE (base = @from AND quote = @to OR base = @to AND quote = @from) AND (@fromDay IS NULL OR from_day = @fromDay)`)
  const reading = db.prepare(
    'SELECT read_at_ms AS readAtMs, tried_at_ms AS triedAtMs, failure FROM rate_reading WHERE id = 1',
  )
  const note = db.prepare(`INSERT INTO rate_reading VALUES (1, @readAtMs, @triedAtMs, @failure)
    ON CONFLICT DO UPDATE SET read_at_ms = coalesce(excluded.read_at_ms, read_at_ms),
    tried_at_ms = excluded.tried_at_ms, failure = excluded.failure`)
  const kept = new Map<string, readonly Quote[]>()
  let keptManual: readonly ManualRate[] | null = null
  return {
    /** Oldest first. */
    quotes(currency: string): readonly Quote[] {
      const known = kept.get(currency) ?? (quotes.all(currency) as PublishedRate[]).flatMap(quoteOf)
      kept.set(currency, known)
      return known
    },
    /** The last good rate of each currency. */
    newest: (): PublishedRate[] => newest.all() as PublishedRate[],
    /** The newest one of each currency that was not believed; none where a good one has come since. */
    held: (): PublishedRate[] => held.all() as PublishedRate[],
    /** A day that is known stays as it is: history does not change under sums that were told. */
    save(rates: readonly PublishedRate[], areHeld: boolean): void {
      kept.clear()
      for (const rate of rates) save.run({ ...rate, held: areHeld ? 1 : 0 })
    },
    /** Answers whether there was anything to accept. */
    accept(currency: string): boolean {
      kept.clear()
      return accept.run(currency, lastGood.get(currency)).changes > 0
    },
    manual: (): readonly ManualRate[] => (keptManual ??= manual.all() as ManualRate[]),
    /** It holds both ways, so that of one day and pair there is one, as it was written last. */
    setManual({ from, to, rate, fromDay }: ManualRate): void {
      keptManual = null
      clearTurned.run({ from, to, fromDay })
      setManual.run({ from, to, rate, fromDay })
    },
    /** Of a pair, whichever way round; of one day or all. Answers whether there was any. */
    clearManual(pair: { from: string; to: string; fromDay: string | null }): boolean {
      keptManual = null
      return clearManual.run(pair).changes > 0
    },
    reading(): RateReading | null {
      const row = reading.get() as (Omit<RateReading, 'failure'> & { failure: string | null }) | undefined
      return row ? { ...row, failure: row.failure === null ? null : readFailure(row.failure) } : null
    },
    /** A failed try leaves the time of the last good one. */
    note({ readAtMs, triedAtMs, failure }: RateReading): void {
      note.run({ readAtMs, triedAtMs, failure: failure && JSON.stringify(failure) })
    },
    /** A transaction was rolled back: what was remembered of it is wrong. */
    reload(): void {
      kept.clear()
      keptManual = null
    },
  }
}

/** What was stored was checked before; text that is no rate after all is no quote. */
function quoteOf({ day, perEuro }: Omit<PublishedRate, 'currency'>): Quote[] {
  const rate = parseRate(perEuro)
  return rate ? [{ day, ...rate }] : []
}
