import { readdir, stat } from 'node:fs/promises'
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
  for (const { agent, path } of roots.value) {
    const logs = await logsUnder(path)
    if (logs !== null) found.set(agent, (found.get(agent) ?? 0) + logs)
  }
  if (found.size === 0) return refused(noLogs(roots.value))
  const words = [...found].map(([agent, logs]) => `${agents[agent]} (${logs} ${logs === 1 ? 'log' : 'logs'})`)
  return { ok: true, kind: 'No key', organization: words.join(' and '), warnings: [], failure: null }
}

/** Where nothing can be seen nothing is known: it is not a day without spend. */
export async function missingLogs(roots: readonly Root[]): Promise<Failure | null> {
  for (const { path } of roots) if (await stat(path).catch(() => null)) return null
  return noLogs(roots)
}

function noLogs(roots: readonly Root[]): Failure {
  const places = roots.map(({ path }) => path).join(', ')
  return fail(
    'not-found',
    `No coding agent left logs here. Looked in: ${places}. Another home folder: the option home.`,
  )
}

function refused(failure: Failure): KeyCheck {
  return { ok: false, kind: 'No key', organization: null, warnings: [], failure }
}

/** Null where there is no such folder. */
async function logsUnder(folder: string): Promise<number | null> {
  try {
    const names = await readdir(folder, { recursive: true })
    return names.filter(isLog).length
  } catch {
    return null // not there, or not for us to see: this agent is not found then
  }
}
