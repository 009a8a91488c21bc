import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findLogs } from '../../../electron/providers/agent-logs/find-logs.ts'
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

  it('says that calls of OpenCode are missing when it keeps them in its database', async () => {
    home.write(openCodeLog(), openCodeMessage())
    home.write('.local/share/opencode/opencode.db', '')
    const { organization, warnings } = await findLogs({ home: home.home })
    expect(organization).toBe('OpenCode (1 log)')
    expect(warnings).toEqual([expect.stringContaining(path.join('opencode', 'opencode.db'))])
    expect((await findLogs({ home: home.home, agents: 'claude' })).ok).toBe(false)
  })
})
