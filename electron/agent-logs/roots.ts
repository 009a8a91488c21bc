import path from 'node:path'
import type { AgentId } from './sighting.ts'

/** Where an agent keeps logs. `folder` is what lies between the root and a log, for agents that sort by project. */
export interface Root {
  agent: AgentId
  path: string
}

export interface Surroundings {
  home: string
  env: Readonly<Record<string, string | undefined>>
}

export function rootsOf(agents: readonly AgentId[], { home, env }: Surroundings): Root[] {
  const under: Record<AgentId, () => string[]> = {
    claude: () => claudeFolders(home, env).map((folder) => path.join(folder, 'projects')),
    codex: () => {
      const folder = env['CODEX_HOME'] || path.join(home, '.codex')
      return ['sessions', 'archived_sessions'].map((name) => path.join(folder, name))
    },
    gemini: () => [path.join(env['GEMINI_CLI_HOME'] || home, '.gemini', 'tmp')],
    qwen: () => [path.join(env['QWEN_RUNTIME_DIR'] || env['QWEN_HOME'] || path.join(home, '.qwen'), 'projects')],
    opencode: () => {
      const data = env['XDG_DATA_HOME'] || path.join(home, '.local', 'share')
      return [path.join(data, 'opencode', 'storage', 'message')]
    },
  }
  const roots = agents.flatMap((agent) => under[agent]().map((folder) => ({ agent, path: path.resolve(folder) })))
  return roots.filter((one, index) => roots.findIndex((other) => other.path === one.path) === index)
}

/** The variable replaces both usual folders, and may name several. */
function claudeFolders(home: string, env: Surroundings['env']): string[] {
  const named = (env['CLAUDE_CONFIG_DIR'] ?? '').split(',').map((folder) => folder.trim())
  if (named.some((folder) => folder !== '')) return named.filter((folder) => folder !== '')
  return [path.join(home, '.claude'), path.join(env['XDG_CONFIG_HOME'] || path.join(home, '.config'), 'claude')]
}
