import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { KeyCheck } from '../../../shared/accounts.ts'
import { fail, type Failure } from '../../../shared/failures.ts'
import { isLog, obstacleTo } from '../../agent-logs/listing.ts'
import type { Root } from '../../agent-logs/roots.ts'
import { agents, type AgentId } from '../../agent-logs/sighting.ts'
import type { Options } from '../adapter.ts'
import { rootsIn } from './roots-in.ts'
import { i18n, listInWords } from '../../../shared/words.ts'

/** Which agents left logs, and how many. Counted by name alone; besides it is looked at whether they can be read. */
export async function findLogs(options: Options): Promise<KeyCheck> {
  const roots = rootsIn(options)
  if (!roots.ok) return refused(roots.failure)
  const found = new Map<AgentId, number>()
  const warnings: string[] = []
  const unread = (file: string, reason: string) =>
    warnings.push(i18n.t('{file} is not read, and its calls are missing here: {reason}.', { file, reason }))
  for (const root of roots.value) {
    const { agent } = root
    const logs = await logsUnder(root, unread)
    if (logs === null) continue
    found.set(agent, (found.get(agent) ?? 0) + logs.length)
    for (const file of logs) {
      const reason = await obstacleTo(file, agent)
      if (reason !== null) unread(file, reason)
    }
  }
  if (found.size === 0) return refused(noLogs(roots.value))
  const words = [...found].map(([agent, logs]) =>
    i18n.t('{agent} ({logs, plural, one {# log} other {# logs}})', { agent: agents[agent], logs }),
  )
  return { ok: true, kind: i18n.t('No key'), organization: listInWords(words), warnings, failure: null }
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
    i18n.t('No coding agent left logs here. Looked in: {places}. Another home folder: the option home.', { places }),
  )
}

function refused(failure: Failure): KeyCheck {
  return { ok: false, kind: i18n.t('No key'), organization: null, warnings: [], failure }
}

/** Null where there is no such folder, or one that is there for other things. */
async function logsUnder(root: Root, unread: (folder: string, reason: string) => void): Promise<string[] | null> {
  const logs: string[] = []
  async function visit(folder: string): Promise<void> {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const at = path.join(folder, entry.name)
      if (entry.isFile() && isLog(root, at)) logs.push(at)
      if (entry.isDirectory() && !root.flat) await visit(at).catch((error: Error) => unread(at, error.message))
    }
  }
  try {
    await visit(root.path)
    return root.flat && logs.length === 0 ? null : logs
  } catch {
    return null // not there, or not for us to see: this agent is not found then
  }
}
