import { open, readdir } from 'node:fs/promises'
import path from 'node:path'
import { claudeFolderOf } from '../../agent-logs/claude.ts'
import type { Root } from '../../agent-logs/roots.ts'
import type { AgentId } from '../../agent-logs/sighting.ts'
import { shortPath, thisComputer } from '../../discovery/computer.ts'
import type { AgentUsage } from '../../storage/agent-sums.ts'
import type { KnownName, Options } from '../adapter.ts'

/** The working folder is told within the first lines of a log. */
const headBytes = 64_000
const folderIn = /"cwd":("(?:[^"\\]|\\.)*")/

/** Of these the name of a folder is all that is told, or less. */
const sorting: ReadonlySet<AgentId> = new Set<AgentId>(['claude', 'gemini', 'pi'])

/**
 * What the folders are called in full: projects go by the name that Claude Code makes of a working folder, which most
 * agents write as it is and Claude Code inside its logs.
 */
export async function projectNames(
  roots: readonly Root[],
  used: readonly AgentUsage[],
  options: Options,
): Promise<KnownName[]> {
  const folders = new Map<string, string>()
  for (const { agent, project } of used)
    if (project !== '' && !sorting.has(agent)) folders.set(claudeFolderOf(project), project)
  for (const root of roots) {
    if (root.agent !== 'claude') continue
    for (const id of await readdir(root.path).catch(() => [])) {
      if (folders.has(id)) continue
      const folder = await folderTold(path.join(root.path, id))
      if (folder !== null && claudeFolderOf(folder) === id) folders.set(id, folder)
    }
  }
  const computer = { ...thisComputer(), ...(options['home'] ? { homeDir: options['home'] } : {}) }
  return [...folders].map(([id, folder]) => ({ kind: 'project', id, name: shortPath(folder, computer) }))
}

/** By one of the logs in it; null where that one does not say. */
async function folderTold(at: string): Promise<string | null> {
  const log = (await readdir(at).catch(() => [])).find((name) => name.endsWith('.jsonl'))
  if (log === undefined) return null
  const file = await open(path.join(at, log)).catch(() => null)
  if (!file) return null
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    const told = folderIn.exec(buffer.toString('utf8', 0, bytesRead))?.[1]
    return told === undefined ? null : (JSON.parse(told) as string)
  } catch {
    return null // a name is a nicety
  } finally {
    await file.close()
  }
}
