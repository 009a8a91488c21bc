import path from 'node:path'
import { fail, type Failure } from '../../shared/failures.ts'
import type { ImportState } from '../../shared/imports.ts'
import { nanosToDecimal } from '../../shared/money.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { KnownName } from '../providers/adapter.ts'
import type { AccountRow } from '../storage/accounts.ts'
import { startReading, type Reading } from './reading.ts'
import { storeBills, type StoreParts } from './store.ts'
import { i18n } from '../../shared/words.ts'

export type Imports = ReturnType<typeof createImports>

/** The imports of this run of the guard: one at a time, since each is a thread and a long row of transactions. */
export function createImports(
  parts: Omit<StoreParts, 'bucket'> & {
    saveNames(accountId: string, names: readonly KnownName[]): void
    /** The ledger has something new, or a mark that something is missing. */
    onStored(): void
    /** Notes an error, and says in words what a person can do. */
    failureOf(error: unknown): Failure
  },
) {
  const states = new Map<string, ImportState>()
  let underWay: { reading: Reading; ended: Promise<void> } | null = null
  let isStopped = false

  async function run(
    state: ImportState,
    account: AccountRow,
    files: readonly string[],
    reading: Reading,
  ): Promise<void> {
    const read = await reading.content
    if (!read.ok) return fails(state, read.failure)
    const { lines, merged, totals, bills, names } = read.value
    Object.assign(state, {
      state: 'storing',
      lines,
      merged,
      totals: totals.map(([currency, nanos]) => ({ currency, amount: nanosToDecimal(nanos) })),
      bills: bills.map((bill) => ({ ...bill, days: bill.days.length })),
    } satisfies Partial<ImportState>)
    const bucket = (bill: number, day: number) => {
      if (isStopped) throw new Error('the guard stops')
      return reading.bucket({ bill, day })
    }
    try {
      const file = files.map((one) => path.basename(one)).join(', ')
      const changedDays = await storeBills({ ...parts, bucket }, account, bills, file)
      if (names.length > 0) parts.transaction(() => parts.saveNames(account.id, names))
      Object.assign(state, { state: 'done', changedDays } satisfies Partial<ImportState>)
    } catch (error) {
      const failure = isStopped ? cutShort() : parts.failureOf(error)
      fails(state, failure.kind === 'internal' ? cutShort() : failure)
    }
    // Also of an import that failed half way there is something to see.
    if (!isStopped) parts.onStored()
  }

  return {
    start(
      id: string,
      account: AccountRow,
      files: readonly string[],
      /** Called when the files are no longer needed, however it went. */
      onEnd: () => void = () => undefined,
    ): Result<ImportState> {
      if (underWay) return err(fail('data-folder-busy', i18n.t('Another import is under way. Wait for it to end.')))
      const state: ImportState = {
        id,
        state: 'reading',
        lines: 0,
        failure: null,
        changedDays: null,
        totals: [],
        bills: [],
        merged: false,
      }
      states.set(id, state)
      const reading = startReading(files, (lines) => (state.lines = lines))
      const ended = run(state, account, files, reading)
        .catch((error: unknown) => void parts.failureOf(error))
        .finally(() => {
          reading.close()
          underWay = null
          onEnd()
        })
      underWay = { reading, ended }
      return ok({ ...state })
    },
    get(id: string): ImportState | null {
      const state = states.get(id)
      return state ? { ...state } : null
    },
    async stop(): Promise<void> {
      isStopped = true
      underWay?.reading.close()
      await underWay?.ended
    },
  }
}

const cutShort = () =>
  fail('internal', i18n.t('The import was cut short. Import the same file again; nothing is counted twice.'))

function fails(state: ImportState, failure: Failure): void {
  Object.assign(state, { state: 'failed', failure } satisfies Partial<ImportState>)
}
