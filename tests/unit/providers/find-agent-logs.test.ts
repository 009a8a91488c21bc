import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findLogs } from '../../../electron/providers/agent-logs/find-logs.ts'
import { databases, gooseDatabase, gooseSessions, openCodeDatabase } from '../../fakes/agent-databases.ts'
import { claudeLine, claudeLog, createAgentHome, type AgentHome } from '../../fakes/agent-home.ts'
import { geminiLog, openCodeLog, openCodeMessage, qwenLine, qwenLog } from '../../fakes/agent-logs.ts'

describe('finding the logs of coding agents', () => {
  let home: AgentHome
  beforeEach(() => (home = createAgentHome()))
  afterEach(() => home.close())

  it('names each agent and counts its logs, and nothing else that it keeps beside them', async () => {
    home.write(claudeLog, claudeLine())
    home.write(claudeLog.replace('.jsonl', '.json'), '{}')
    home.write(geminiLog, '')
    home.write(geminiLog.replace('.jsonl', '.json'), '')
    home.write('.gemini/tmp/shop/logs.json', '[]')
    home.write(qwenLog, qwenLine())
    expect(await findLogs({ home: home.home })).toMatchObject({
      ok: true,
      organization: 'Claude Code (1 log), Gemini CLI (2 logs) and Qwen Code (1 log)',
      warnings: [],
    })
  })

  it('finds databases, in folders that agents keep other things in as well', async () => {
    home.write(openCodeLog(), openCodeMessage())
    home.write('.local/share/opencode/storage/part/msg_1/prt_1.json', '{}')
    openCodeDatabase(home.at(databases.opencode)).close()
    home.write('.local/share/kilo/auth.json', '{}')
    gooseSessions(home.at(gooseDatabase)).close()
    expect(await findLogs({ home: home.home })).toMatchObject({
      organization: 'OpenCode (2 logs) and Goose (1 log)',
      warnings: [],
    })
    expect(await findLogs({ home: home.home, agents: 'kilo' })).toMatchObject({ ok: false })
  })

  it('says which database is not read', async () => {
    const { db, close } = gooseSessions(home.at(gooseDatabase))
    db.exec('DROP TABLE usage_ledger')
    close()
    home.write(databases.kilo, 'no database at all, but long enough to be looked at'.repeat(50))
    const { warnings } = await findLogs({ home: home.home })
    expect(warnings).toEqual([
      expect.stringContaining('file is not a database'),
      expect.stringMatching(/sessions\.db .*no such table: usage_ledger/),
    ])
  })
})
