import { cpSync, mkdirSync, renameSync } from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openAgentLogs, type AgentLogs } from '../../../electron/agent-logs/agent-logs.ts'
import type { ScanReport } from '../../../electron/agent-logs/scan.ts'
import { dayMs } from '../../../shared/time.ts'
import { databases, openCodeDatabase } from '../../fakes/agent-databases.ts'
import { claudeLine, claudeLog, createAgentHome, type AgentHome } from '../../fakes/agent-home.ts'

const dayOf = Date.UTC(2026, 8, 1)

describe('the thread that reads the logs of coding agents', () => {
  let home: AgentHome
  let logs: AgentLogs | null = null
  const changes: ScanReport[] = []
  const open = (lookMs: number) => {
    logs = openAgentLogs(
      { folder: path.join(home.home, 'state'), roots: home.roots, lookMs },
      { onChange: (report) => changes.push(report) },
    )
    return logs
  }
  beforeEach(() => {
    home = createAgentHome()
    changes.length = 0
  })
  afterEach(async () => {
    await logs?.close()
    logs = null
    home.close()
  })

  it('answers what was used in a stretch of time', async () => {
    home.write(claudeLog, `${claudeLine()}\n`)
    const logs = open(0)
    expect(await logs.scan()).toMatchObject({ logs: 1, failed: [] })
    expect((await logs.usage(dayOf, dayOf + dayMs, dayMs)).rows).toMatchObject([
      { startMs: dayOf, calls: 1, output: 100 },
    ])
    expect((await logs.usage(dayOf + dayMs, dayOf + 2 * dayMs, dayMs)).rows).toEqual([])
  })

  it('tells of what an agent writes, into logs it knows and into new folders', async () => {
    home.write(claudeLog, `${claudeLine()}\n`)
    const logs = open(200)
    await logs.scan()
    home.append(claudeLog, `${claudeLine({ id: 'msg_2', request: 'req_2' })}\n`)
    await vi.waitFor(() => expect(changes).toHaveLength(2), { timeout: 5_000 })
    home.write('.claude/projects/-new/s3/subagents/a.jsonl', `${claudeLine({ id: 'msg_3', request: 'req_3' })}\n`)
    await vi.waitFor(() => expect(changes).toHaveLength(3), { timeout: 5_000 })
    expect((await logs.usage(dayOf, dayOf + dayMs, dayMs)).rows).toMatchObject([{ calls: 2 }, { calls: 1 }])
  })

  it('tells of what an agent writes into a folder that took the place of another', async () => {
    home.write(claudeLog, `${claudeLine()}\n`)
    const logs = open(60_000)
    await logs.scan()
    const folder = home.at(path.dirname(claudeLog))
    cpSync(folder, `${folder}-copy`, { recursive: true })
    renameSync(folder, `${folder}-old`)
    renameSync(`${folder}-copy`, folder)
    // Until the folders were looked at, which is not told.
    await setTimeout(500)
    changes.length = 0
    home.append(claudeLog, `${claudeLine({ id: 'msg_2', request: 'req_2' })}\n`)
    await vi.waitFor(() => expect(changes).toHaveLength(1), { timeout: 5_000 })
  })

  it('tells of what an agent writes into its database', async () => {
    const database = openCodeDatabase(home.at(databases.opencode))
    const logs = open(60_000)
    await logs.scan()
    for (const calls of [1, 2]) {
      database.write({ id: `msg_${calls}`, createdMs: dayOf + calls })
      await vi.waitFor(() => expect(changes).toHaveLength(calls), { timeout: 5_000 })
      expect((await logs.usage(dayOf, dayOf + dayMs, dayMs)).rows).toMatchObject([{ agent: 'opencode', calls }])
    }
    database.close()
  })

  it('knows until it is settled what the ledger was not told of, though it ends in between', async () => {
    home.write(claudeLog, `${claudeLine()}\n`)
    expect(await open(0).scan()).toMatchObject({ owed: null })
    home.append(claudeLog, `${claudeLine({ id: 'msg_2', request: 'req_2', at: '2026-09-01T10:00:01.000Z' })}\n`)
    await logs?.scan()
    await logs?.close()
    const { owed } = await open(0).scan()
    const atMs = Date.UTC(2026, 8, 1, 10, 0, 1)
    expect(owed).toMatchObject({ fromMs: atMs, toMs: atMs + 1 })
    home.append(claudeLog, `${claudeLine({ id: 'msg_3', request: 'req_3', at: '2026-09-01T10:00:05.000Z' })}\n`)
    expect(await logs?.scan()).toMatchObject({ owed: { fromMs: atMs, toMs: atMs + 4_001 } })
    await logs?.settle(owed!)
    expect(await logs?.scan()).toMatchObject({ owed: { fromMs: atMs + 4_000, toMs: atMs + 4_001 } })
  })

  it('says why it cannot work', async () => {
    mkdirSync(path.join(home.home, 'state/agent-calls.sqlite'), { recursive: true })
    await expect(open(0).scan()).rejects.toThrow('unable to open database file')
  })

  it('answers nothing any more once it is closed', async () => {
    const logs = open(0)
    await logs.close()
    await expect(logs.scan()).rejects.toThrow('closed')
  })
})
