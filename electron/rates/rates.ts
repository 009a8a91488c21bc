import type { ManualRate } from '../../shared/rates.ts'
import { dayMs, minuteMs } from '../../shared/time.ts'
import type { PublishedRate, RatesTable } from '../storage/rates.ts'
import type { System } from '../system.ts'
import { sift } from './believable.ts'
import { bundledRates } from './bundled.ts'
import { readReferenceRates } from './read-reference-rates.ts'
import { createStoredBook } from './stored-book.ts'
import { areRatesDue } from './when-due.ts'

const lookEveryMs = 10 * minuteMs
/** On Monday afternoon the newest day is Friday. After a longer gap the days between are wanted too. */
const longestGapMs = 4 * dayMs
/** An older snapshot says nothing of what a rate should be now. */
const comparableMs = 92 * dayMs

export type Rates = ReturnType<typeof createRates>

/** Rates as they are known, and how they come to be known. */
export function createRates(parts: {
  system: Pick<System, 'clock' | 'fetch' | 'log'>
  table: RatesTable
  /** Whether more than one currency is in play: a guard asks nobody for what it does not need. */
  isNeeded(): boolean
  /** Runs a change of the table, and lets everything that counts money look again. */
  change(act: () => void): void
}) {
  const { system, table } = parts
  const stopped = new AbortController()
  let cancelTimer: (() => void) | null = null
  let reading: Promise<void> | null = null

  async function read(): Promise<void> {
    const known = table.newest()
    const newestMs = Math.max(0, ...known.map(({ day }) => Date.parse(day)))
    const gapMs = system.clock.now() - newestMs
    const answer = await readReferenceRates(system, gapMs < longestGapMs ? 'day' : 'quarter', stopped.signal)
    if (stopped.signal.aborted) return
    const triedAtMs = system.clock.now()
    if (!answer.ok) {
      system.log.warn('rates were not read', { kind: answer.failure.kind, status: answer.failure.status })
      table.note({ readAtMs: null, triedAtMs, failure: answer.failure })
      return
    }
    const { good, held } = sift(answer.value, [...comparableSnapshot(triedAtMs), ...known])
    parts.change(() => {
      table.save(good, false)
      table.save(held, true)
      table.note({ readAtMs: triedAtMs, triedAtMs, failure: null })
    })
  }

  /** Reads where that is due; one at a time. */
  async function look(): Promise<void> {
    if (stopped.signal.aborted || !parts.isNeeded() || !areRatesDue(table.reading(), system.clock.now())) return
    try {
      await (reading ??= read().finally(() => (reading = null)))
    } catch (error) {
      system.log.error('rates were not stored', { message: (error as Error).message })
    }
  }

  function lookAgainLater(): void {
    cancelTimer = system.clock.after(lookEveryMs, () => {
      void look()
      lookAgainLater()
    })
  }

  return {
    book: createStoredBook(table),
    /** The newest good rate of each currency, and whether any of it was ever read. */
    newest(): { source: 'ecb' | 'bundled'; rates: readonly PublishedRate[] } {
      const stored = table.newest()
      const known = new Set(stored.map(({ currency }) => currency))
      const rates = [...stored, ...bundledRates.filter(({ currency }) => !known.has(currency))]
      return {
        source: stored.length > 0 ? 'ecb' : 'bundled',
        rates: rates.sort((a, b) => a.currency.localeCompare(b.currency)),
      }
    },
    held: table.held,
    /** The last good rate of a currency: what is used while a newer one is held back. */
    believed: (currency: string): PublishedRate | null =>
      [...table.newest(), ...bundledRates].find((rate) => rate.currency === currency) ?? null,
    manual: table.manual,
    reading: table.reading,
    isNeeded: parts.isNeeded,
    look,
    setManual: (rate: ManualRate) => parts.change(() => table.setManual(rate)),
    clearManual(pair: { from: string; to: string; fromDay: string | null }): boolean {
      let found = false
      parts.change(() => (found = table.clearManual(pair)))
      return found
    },
    accept(currency: string): boolean {
      let found = false
      parts.change(() => (found = table.accept(currency)))
      return found
    },
    reload: table.reload,
    start(): void {
      void look()
      lookAgainLater()
    },
    async stop(): Promise<void> {
      cancelTimer?.()
      stopped.abort()
      await reading
    },
  }
}

function comparableSnapshot(nowMs: number): readonly PublishedRate[] {
  return bundledRates.filter(({ day }) => Math.abs(nowMs - Date.parse(day)) < comparableMs)
}
