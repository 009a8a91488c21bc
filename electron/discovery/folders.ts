import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'
import { isDotenv } from './dotenv.ts'
import { whyNot } from './files.ts'
import { i18n } from '../../shared/words.ts'

export interface Limits {
  /** Folders below the one that was named. */
  depth: number
  folders: number
  files: number
  ms: number
}

export const usualLimits: Limits = { depth: 5, folders: 5_000, files: 200, ms: 5_000 }

export interface DotenvFiles {
  files: string[]
  unread: { where: string; why: string }[]
  stopped: string | null
}

/** Folders of other people's code, of history and of what is built: large, and no key is meant to be there. */
const passedBy = new Set(['node_modules', '.git', '.hg', '.svn', '.venv', 'venv', '__pycache__', '.cache', '.tox'])

/** Names the dotenv files of folders a person named, and of those in them; shallow ones first, links not followed. */
export async function walk(
  folders: readonly string[],
  limits: Limits = usualLimits,
  now: () => number = () => performance.now(),
): Promise<DotenvFiles> {
  const seen: DotenvFiles = { files: [], unread: [], stopped: null }
  const untilMs = now() + limits.ms
  const queue = folders.map((folder) => ({ folder, depth: 0 }))
  for (let at = 0; at < queue.length; at++) {
    const here = queue[at]
    if (!here) break
    seen.stopped =
      at >= limits.folders
        ? i18n.t('The look ended after {folders} folders. Name a smaller one.', { folders: limits.folders })
        : now() > untilMs
          ? i18n.t('The look ended after {seconds} seconds. Name a smaller folder.', { seconds: limits.ms / 1_000 })
          : null
    if (seen.stopped) break
    const entries = await readdir(here.folder, { withFileTypes: true }).catch((error: unknown) => {
      seen.unread.push({ where: here.folder, why: whyNot(error) })
      return []
    })
    for (const entry of entries) {
      const inside = path.join(here.folder, entry.name)
      if (entry.isFile() && isDotenv(entry.name)) seen.files.push(inside)
      if (entry.isDirectory() && here.depth < limits.depth && !passedBy.has(entry.name))
        queue.push({ folder: inside, depth: here.depth + 1 })
    }
    if (seen.files.length > limits.files) {
      seen.files.length = limits.files
      seen.stopped = i18n.t('The look ended after {files} files. Name a smaller folder.', { files: limits.files })
      break
    }
  }
  return seen
}

/** A folder and those above it, up to the root of its repository; outside of one the folder alone. */
export async function upToRepository(folder: string): Promise<string[]> {
  const above: string[] = []
  for (let here = path.resolve(folder); ; here = path.dirname(here)) {
    above.push(here)
    const isRoot = await lstat(path.join(here, '.git')).then(
      () => true,
      () => false,
    )
    if (isRoot) return above
    if (path.dirname(here) === here) return above.slice(0, 1)
  }
}
