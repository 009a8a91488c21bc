import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, renameSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { databases, gooseDatabase, gooseSessions, openCodeDatabase } from '../../fakes/agent-databases.ts'
import { createAgentHome, type AgentHome } from '../../fakes/agent-home.ts'
import { openCodeLog, openCodeMessage } from '../../fakes/agent-logs.ts'

const untouched = (home: AgentHome, file: string) => {
  const folder = path.dirname(home.at(file))
  return readdirSync(folder)
    .filter((name) => !name.endsWith('-shm'))
    .map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(path.join(folder, name)))
        .digest('hex'),
    ])
}

let home: AgentHome
const opened: { close(): void }[] = []
beforeEach(() => (home = createAgentHome()))
afterEach(() => {
  for (const one of opened.splice(0)) one.close()
  home.close()
})

const scan = async () => {
  const report = await home.scan()
  expect(report.failed).toEqual([])
  return report
}
const total = async () => {
  await scan()
  return home.total()
}

describe.each(['opencode', 'kilo'] as const)('the database of %s', (agent) => {
  const file = databases[agent]
  const start = (mode?: string) => {
    const database = openCodeDatabase(home.at(file), mode)
    opened.push(database)
    return database
  }

  it('is read while the agent has it open and has not written its log back', async () => {
    start().write()
    expect(await total()).toMatchObject({ calls: 1, input: 200, cachedInput: 800, cacheWrite: 30, output: 50 })
    expect(home.usage()).toMatchObject([{ agent, project: '/home/dev/shop', model: 'claude-sonnet-4-5' }])
  })

  it('grows with an answer, which is one call, and is read on from where the last scan came', async () => {
    const database = start()
    const updatedMs = Date.now() - 60_000
    for (let n = 0; n < 50; n++) database.write({ id: `msg_${n}`, createdMs: Date.UTC(2026, 8, 1) + n, updatedMs })
    database.write({ id: 'msg_a', tokens: { output: 0 } })
    const { bytes } = await scan()
    for (const output of [0, 5, 50]) {
      database.write({ id: 'msg_a', tokens: { output } })
      const next = await scan()
      expect(next.bytes).toBeLessThan(bytes / 20)
      expect(home.total()).toMatchObject({ calls: 51, output: 2500 + output })
    }
    home.restart()
    expect(await scan()).toMatchObject({ logs: 0, bytes: 0, changed: null })
    database.write({ id: 'msg_3', createdMs: Date.UTC(2026, 8, 1) + 3, tokens: { output: 60 } })
    expect(await total()).toMatchObject({ calls: 51, output: 2560 })
  })

  it('is glanced at while the agent works, and looked at as a whole later', async () => {
    const database = start()
    const updatedMs = Date.now() - 60_000
    for (let n = 0; n < 600; n++) database.write({ id: `msg_${n}`, createdMs: Date.UTC(2026, 8, 1) + n, updatedMs })
    await scan()
    database.write({ id: 'msg_0', createdMs: Date.UTC(2026, 8, 1), tokens: { output: 1_000 } })
    database.write({ id: 'msg_new', model: 'gpt-5.4' })
    // Opening it is told of as a change, which must not lead to the next glance.
    for (const logs of [1, 0]) {
      expect(await home.glance()).toMatchObject({ logs, failed: [] })
      expect(home.total()).toMatchObject({ calls: 601, output: 601 * 50 })
    }
    expect(await total()).toMatchObject({ calls: 601, output: 600 * 50 + 1_000 })
    expect(await home.scan()).toMatchObject({ logs: 0 })
  })

  it.each(['WAL', 'DELETE'])('is not changed by being read, and keeps nobody from writing (%s)', async (mode) => {
    const database = start(mode)
    database.write()
    const before = untouched(home, file)
    database.db.exec('BEGIN IMMEDIATE')
    database.write({ id: 'msg_2', createdMs: 1_788_000_000_000 })
    expect(await total()).toMatchObject({ calls: 1 })
    database.db.exec('ROLLBACK')
    expect(untouched(home, file)).toEqual(before)
    database.write({ id: 'msg_2', createdMs: 1_788_000_000_000 })
    database.db.pragma('wal_checkpoint(TRUNCATE)')
    expect(await total()).toMatchObject({ calls: 2 })
    database.close()
    expect(untouched(home, file).map(([name]) => name)).toEqual([path.basename(file)])
  })

  it('is read when the agent has closed it', async () => {
    const database = start()
    database.write()
    database.close()
    const before = readFileSync(home.at(file))
    expect(await total()).toMatchObject({ calls: 1 })
    expect(readFileSync(home.at(file))).toEqual(before)
    start().write({ id: 'msg_2', model: 'gpt-5.4' })
    expect(await total()).toMatchObject({ calls: 2 })
  })

  it('that somebody has locked is told of, and read when it changes', async () => {
    const database = start('DELETE')
    database.write()
    database.db.exec('BEGIN EXCLUSIVE')
    expect((await home.scan()).failed).toMatchObject([{ path: home.at(file), reason: 'database is locked' }])
    database.write({ id: 'msg_2', model: 'gpt-5.4' })
    database.db.exec('COMMIT')
    expect(await total()).toMatchObject({ calls: 2 })
  })

  it('of a version that is not known is told of, and hides no other log', async () => {
    start().db.exec('DROP TABLE message')
    home.write(openCodeLog(), openCodeMessage())
    expect((await home.scan()).failed).toMatchObject([{ reason: expect.stringContaining('not known') }])
    expect(home.total()).toMatchObject({ calls: 1 })
  })

  it('loses no call to rows that are torn, odd or of people', async () => {
    const database = start()
    const user = JSON.stringify({ role: 'user', summary: { diffs: [{ before: '{"tokens":{"input":9}}' }] } })
    database.row('msg_0', 's', user)
    database.row('msg_1', 's', '{"role":"assistant","tokens":{"input":')
    database.row('msg_2', 's', 'null')
    database.row('msg_3', 's', '{"role":"assistant","tokens":null,"modelID":null}')
    database.row('msg_4', 's', '{\n "role": "assistant",\n "tokens": {"input": 7}\n}')
    database.db.exec(`INSERT INTO message VALUES ('msg_5', 's', 0, 9e15, x'7b22746f6b656e73223a7dff')`)
    database.write({ id: 'msg_6' })
    expect(await total()).toMatchObject({ calls: 2, input: 207 })
  })

  it('counts copies of a fork once, and what began in the same moment twice', async () => {
    const database = start()
    database.write()
    database.write({ id: 'msg_2', session: 'ses_2' })
    database.write({ id: 'msg_3', session: 'ses_3', tokens: { output: 51 } })
    expect(await total()).toMatchObject({ calls: 2, output: 101 })
  })

  it('that another one takes the place of is read from its beginning, and takes nothing out of the history', async () => {
    const database = start()
    database.write({ updatedMs: Date.now() })
    await scan()
    database.close()
    renameSync(home.at(file), `${home.at(file)}.old`)
    expect(await total()).toMatchObject({ calls: 1 })
    start().write({ id: 'msg_9', createdMs: Date.UTC(2026, 8, 3), updatedMs: 1_000 })
    expect(await total()).toMatchObject({ calls: 2 })
  })

  it('is read on when the clock that was ahead is set right', async () => {
    const database = start()
    database.write({ updatedMs: Date.now() + 1e10 })
    await scan()
    database.write({ id: 'msg_2', model: 'gpt-5.4' })
    expect(await total()).toMatchObject({ calls: 2 })
  })

  it('comes to the truth, whatever is written, taken out and read in which order', async () => {
    const step = fc.record({
      act: fc.constantFrom('write', 'write', 'grow', 'remove', 'checkpoint', 'scan', 'restart'),
      of: fc.nat(9),
      output: fc.integer({ min: 1, max: 900 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const other = createAgentHome()
        const database = openCodeDatabase(other.at(file))
        const truth = new Map<number, number>()
        for (const { act, of, output } of steps) {
          if (act === 'scan' || act === 'remove') await other.scan()
          if (act === 'restart') other.restart()
          if (act === 'checkpoint') database.db.pragma('wal_checkpoint(TRUNCATE)')
          if (act === 'remove') database.remove(`msg_${of}`)
          if (act !== 'write' && act !== 'grow') continue
          truth.set(of, (truth.get(of) ?? 0) + output)
          const createdMs = Date.UTC(2026, 8, 1) + of
          database.write({ id: `msg_${of}`, createdMs, tokens: { input: 0, output: truth.get(of) } })
        }
        await other.scan()
        const { calls, output } = other.total()
        database.close()
        other.close()
        expect({ calls, output }).toEqual({
          calls: truth.size,
          output: [...truth.values()].reduce((sum, one) => sum + one, 0),
        })
      }),
      { numRuns: 25 },
    )
  })
})

it('counts what OpenCode took over from documents into its database once', async () => {
  home.write(openCodeLog(), openCodeMessage())
  expect(await total()).toMatchObject({ calls: 1 })
  const database = openCodeDatabase(home.at(databases.opencode))
  opened.push(database)
  database.write()
  database.write({ id: 'msg_2', model: 'gpt-5.4' })
  expect(await total()).toMatchObject({ calls: 2, output: 100 })
})

describe('the database of Goose', () => {
  const start = () => {
    const database = gooseSessions(home.at(gooseDatabase))
    opened.push(database)
    return database
  }

  it('holds a row for each call, whose input is with the cache in it', async () => {
    start().write()
    expect(await total()).toMatchObject({ calls: 1, input: 200, cachedInput: 800, cacheWrite: 40, output: 50 })
    expect(home.usage()).toMatchObject([
      { agent: 'goose', project: '/home/dev/shop', model: 'claude-sonnet-4-5', startMs: Date.UTC(2026, 8, 1) },
    ])
  })

  it('counts what compacting cost, and nothing twice that was used before there was a ledger', async () => {
    const database = start()
    database.write({ model: null, source: 'carried_forward', input: 5_000_000 })
    database.write()
    database.write({ compaction: 1, source: null })
    expect(await total()).toMatchObject({ calls: 2, output: 100 })
  })

  it('is read on by its rows, after a restart as well', async () => {
    const database = start()
    for (let n = 0; n < 5_000; n++) database.write({ output: 1 })
    const { bytes } = await scan()
    home.restart()
    database.write({ output: 3 })
    const next = await scan()
    expect(next.bytes).toBeLessThan(bytes / 1_000)
    expect(home.total()).toMatchObject({ calls: 5_001, output: 5_003 })
  })

  it('loses no call to missing counts, and keeps those of sessions that are deleted', async () => {
    const database = start()
    database.write({ cached: null, written: null, model: null })
    database.write({ input: null, output: 7 })
    database.write({ input: null, output: null, cached: null, written: null })
    expect(await total()).toMatchObject({ calls: 2, output: 57 })
    database.removeSession('20260901_1')
    database.write({ session: '20260902_1', atSeconds: Date.UTC(2026, 8, 2) / 1000 })
    expect(await total()).toMatchObject({ calls: 3 })
  })

  it('that is begun anew has other calls under the same numbers', async () => {
    const database = start()
    for (let n = 0; n < 3; n++) database.write()
    await scan()
    database.close()
    home.remove(gooseDatabase)
    start().write({ atSeconds: Date.UTC(2026, 8, 1, 12) / 1000 })
    expect(await total()).toMatchObject({ calls: 4 })
  })

  it('of a version without a ledger is told of', async () => {
    start().db.exec('DROP TABLE usage_ledger')
    expect((await home.scan()).failed).toMatchObject([{ reason: expect.stringContaining('usage_ledger') }])
  })
})
