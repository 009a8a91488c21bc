import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { KeyCheck } from '../../../shared/accounts.ts'
import { fail, type Failure } from '../../../shared/failures.ts'
import { isLog } from '../../agent-logs/listing.ts'
import type { Root } from '../../agent-logs/roots.ts'
import { agents, type AgentId } from '../../agent-logs/sighting.ts'
import type { Options } from '../adapter.ts'
import { rootsIn } from './roots-in.ts'

/** Which agents left logs, and how many. Counted by name alone: no log is opened. */
export async function findLogs(options: Options): Promise<KeyCheck> {
  const roots = rootsIn(options)
  if (!roots.ok) return refused(roots.failure)
  const found = new Map<AgentId, number>()
  for (const root of roots.value) {
    const { agent } = root
    const logs = await logsUnder(root)
    if (logs !== null) found.set(agent, (found.get(agent) ?? 0) + logs)
  }
  if (found.size === 0) return refused(noLogs(roots.value))
  const words = [...found].map(([agent, logs]) => `${agents[agent]} (${logs} ${logs === 1 ? 'log' : 'logs'})`)
  return { ok: true, kind: 'No key', organization: listed(words), warnings: await unseen(roots.value), failure: null }
}

/** Where nothing can be seen nothing is known: it is not a day without spend. */
export async function missingLogs(roots: readonly Root[]): Promise<Failure | null> {
  for (const root of roots) if (await stat(root.path).catch(() => null)) return null
  return noLogs(roots)
}

function noLogs(roots: readonly Root[]): Failure {
  const places = roots.map((root) => root.path).join(', ')
  return fail(
    'not-found',
    `No coding agent left logs here. Looked in: ${places}. Another home folder: the option home.`,
  )
}

/** What is there and is not read: whoever relies on this account should know. */
async function unseen(roots: readonly Root[]): Promise<string[]> {
  const data = roots.filter(({ agent }) => agent === 'opencode').map((root) => path.dirname(path.dirname(root.path)))
  const files = data.map((folder) => path.join(folder, 'opencode.db'))
  const there = await Promise.all(
    files.map((file) =>
      stat(file).then(
        () => true,
        () => false,
      ),
    ),
  )
  return files
    .filter((_, index) => there[index])
    .map((file) => `OpenCode keeps newer calls in ${file}, which is not read: they are missing here.`)
}

function listed(words: readonly string[]): string {
  return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(' and ')
}

function refused(failure: Failure): KeyCheck {
  return { ok: false, kind: 'No key', organization: null, warnings: [], failure }
}

/** Null where there is no such folder. */
async function logsUnder(root: Root): Promise<number | null> {
  try {
    const names = await readdir(root.path, { recursive: true })
    return names.filter((name) => isLog(root, path.join(root.path, name))).length
  } catch {
    return null // not there, or not for us to see: this agent is not found then
  }
}
