import path from 'node:path'
import type { AgentId } from './sighting.ts'

/** Where an agent keeps logs. `folder` is what lies between the root and a log, for agents that sort by project. */
export interface Root {
  agent: AgentId
  path: string
  /** Logs lie in it, not below: further down are other things, or another root. */
  flat?: true
}

export interface Surroundings {
  home: string
  env: Readonly<Record<string, string | undefined>>
}

export function rootsOf(agents: readonly AgentId[], { home, env }: Surroundings): Root[] {
  const data = env['XDG_DATA_HOME'] || path.join(home, '.local', 'share')
  const under: Record<AgentId, () => (string | FlatFolder)[]> = {
    claude: () => claudeFolders(home, env).map((folder) => path.join(folder, 'projects')),
    codex: () => {
      const folder = env['CODEX_HOME'] || path.join(home, '.codex')
      return ['sessions', 'archived_sessions'].map((name) => path.join(folder, name))
    },
    gemini: () => [path.join(env['GEMINI_CLI_HOME'] || home, '.gemini', 'tmp')],
    qwen: () => [path.join(env['QWEN_RUNTIME_DIR'] || env['QWEN_HOME'] || path.join(home, '.qwen'), 'projects')],
    opencode: () => [path.join(data, 'opencode', 'storage', 'message'), { flat: path.join(data, 'opencode') }],
    kilo: () => [{ flat: path.join(data, 'kilo') }],
    goose: () => gooseFolders(data, env).map((folder) => ({ flat: path.join(folder, 'sessions') })),
    copilot: () => {
      const file = env['COPILOT_OTEL_FILE_EXPORTER_PATH']
      return [path.join(home, '.copilot', 'otel'), ...(file ? [{ flat: path.dirname(file) }] : [])]
    },
    pi: () => {
      const folder = env['PI_CODING_AGENT_DIR'] || path.join(home, '.pi', 'agent')
      return [env['PI_CODING_AGENT_SESSION_DIR'] || path.join(folder, 'sessions')]
    },
  }
  const roots = agents.flatMap((agent) =>
    under[agent]().map((folder): Root => {
      if (typeof folder === 'string') return { agent, path: path.resolve(folder) }
      return { agent, path: path.resolve(folder.flat), flat: true }
    }),
  )
  return roots.filter((one, index) => roots.findIndex((other) => other.path === one.path) === index)
}

interface FlatFolder {
  flat: string
}

/** On Windows it keeps to the customs there. */
function gooseFolders(data: string, env: Surroundings['env']): string[] {
  if (env['GOOSE_PATH_ROOT']) return [path.join(env['GOOSE_PATH_ROOT'], 'data')]
  const roaming = env['APPDATA'] ? [path.join(env['APPDATA'], 'Block', 'goose', 'data')] : []
  return [path.join(data, 'goose'), ...roaming]
}

/** The variable replaces both usual folders, and may name several. */
function claudeFolders(home: string, env: Surroundings['env']): string[] {
  const named = (env['CLAUDE_CONFIG_DIR'] ?? '').split(',').map((folder) => folder.trim())
  if (named.some((folder) => folder !== '')) return named.filter((folder) => folder !== '')
  return [path.join(home, '.claude'), path.join(env['XDG_CONFIG_HOME'] || path.join(home, '.config'), 'claude')]
}
