import { describe, expect, it } from 'vitest'
import type { Outbox } from '../../../electron/alerts/outbox.ts'
import { createLedger } from '../../../electron/ledger/ledger.ts'
import type { Owners } from '../../../electron/ledger/owners.ts'
import { createPolling } from '../../../electron/polling/polling.ts'
import { createPushes } from '../../../electron/pushes.ts'
import { createSettings } from '../../../electron/settings/settings.ts'
import { createAccountsTable } from '../../../electron/storage/accounts.ts'
import { openMemoryDatabase } from '../../../electron/storage/database.ts'
import { createNamesTable } from '../../../electron/storage/names.ts'
import { createNoticesTable } from '../../../electron/storage/notices.ts'
import { minuteMs, secondMs } from '../../../shared/time.ts'
import { createFakeClock } from '../../fakes/clock.ts'
import { createTestSystem } from '../../fakes/system.ts'

/** Accounts of a provider that has nothing to tell, until it answers otherwise, and how often they were judged. */
async function createStage(accountIds: readonly string[]) {
  const clock = createFakeClock(Date.UTC(2026, 10, 18, 12))
  const stage = { status: 200, judged: 0 }
  const answer = () => new Response(JSON.stringify({ data: [], has_more: false }), { status: stage.status })
  const system = createTestSystem({ clock, random: () => 0, fetch: async () => answer() })
  const db = openMemoryDatabase()
  const accounts = createAccountsTable(db)
  for (const id of accountIds) {
    await system.secrets.set(id, 'sk-admin-x')
    const row = { label: id, workspace: null, baseUrl: null, options: {}, pausedReason: null, createdAtMs: 0 }
    accounts.insert({ ...row, id, provider: 'openai', secretName: id })
  }
  const polling = createPolling({
    pause: { state: () => null, isOn: () => false },
    system,
    settings: createSettings(system.settings),
    accounts,
    names: createNamesTable(db),
    owners: { forget: () => undefined } as Owners,
    ledger: createLedger(db, () => 0),
    transaction: (change) => db.transaction(change)(),
    learn: async () => undefined,
    judge: () => {
      stage.judged++
      return { findings: [], cleared: new Map() }
    },
    outbox: { flush: async () => [], flushPatiently: async () => [] } as unknown as Outbox,
    alerting: { rewind: () => undefined, lookAgain: () => undefined },
    pushes: createPushes(),
    notices: createNoticesTable(db, () => null),
    onRead: async () => undefined,
  })
  /** In small steps, so that what is asked is answered in between. Answers how often was judged meanwhile. */
  const pass = async (ms: number) => {
    const before = stage.judged
    for (let passed = 0; passed < ms; passed += 250) {
      clock.advance(250)
      for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve))
    }
    return stage.judged - before
  }
  await polling.run(null, true)
  polling.start()
  await pass(10 * secondMs)
  return { stage, polling, pass }
}

describe('judging', () => {
  it('looks twice at quiet accounts that are read together, however many there are', async () => {
    const { polling, pass } = await createStage(['a', 'b', 'c', 'd', 'e'])
    expect(await pass(minuteMs)).toBe(2)
    await polling.stop()
  })
  it('looks at once at each account that fails', async () => {
    const { stage, polling, pass } = await createStage(['a', 'b', 'c'])
    stage.status = 404
    expect(await pass(minuteMs)).toBeGreaterThanOrEqual(3)
    await polling.stop()
  })
  it('looks before it answers somebody who waits', async () => {
    const { stage, polling } = await createStage(['a', 'b', 'c'])
    const before = stage.judged
    await polling.run(null, true)
    expect(stage.judged - before).toBeGreaterThanOrEqual(3)
    await polling.stop()
  })
})
