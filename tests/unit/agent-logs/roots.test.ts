import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { rootsOf } from '../../../electron/agent-logs/roots.ts'
import { agents, type AgentId } from '../../../electron/agent-logs/sighting.ts'

const found = (agent: AgentId, env: Record<string, string> = {}) =>
  rootsOf([agent], { home: '/home/ann', env }).map((root) => root.path)
const at = (...files: string[]) => files.map((file) => path.resolve(file))

describe('where agents keep their logs', () => {
  it('is below the home folder', () => {
    const roots = (Object.keys(agents) as AgentId[]).flatMap((agent) => found(agent))
    expect(roots.every((root) => root.startsWith(path.resolve('/home/ann/.')))).toBe(true)
  })

  it.each<[AgentId, Record<string, string>, ...string[]]>([
    ['gemini', { GEMINI_CLI_HOME: '/g' }, '/g/.gemini/tmp'],
    ['qwen', { QWEN_HOME: '/q' }, '/q/projects'],
    ['qwen', { QWEN_HOME: '/q', QWEN_RUNTIME_DIR: '/r' }, '/r/projects'],
    ['opencode', { XDG_DATA_HOME: '/x' }, '/x/opencode/storage/message', '/x/opencode'],
    ['kilo', { XDG_DATA_HOME: '/x' }, '/x/kilo'],
    ['goose', { XDG_DATA_HOME: '/x' }, '/x/goose/sessions'],
    ['goose', { GOOSE_PATH_ROOT: '/g' }, '/g/data/sessions'],
    ['goose', { XDG_DATA_HOME: '/x', APPDATA: '/a' }, '/x/goose/sessions', '/a/Block/goose/data/sessions'],
    ['copilot', { COPILOT_OTEL_FILE_EXPORTER_PATH: '/o/c.jsonl' }, '/home/ann/.copilot/otel', '/o'],
    ['pi', { PI_CODING_AGENT_DIR: '/p' }, '/p/sessions'],
    ['pi', { PI_CODING_AGENT_DIR: '/p', PI_CODING_AGENT_SESSION_DIR: '/s' }, '/s'],
  ])('of %s is where %o says', (agent, env, ...folders) => {
    expect(found(agent, env)).toEqual(at(...folders))
  })
})
