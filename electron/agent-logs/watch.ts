import { watch, type FSWatcher } from 'node:fs'
import path from 'node:path'
import type { Root } from './roots.ts'

export type FolderWatch = ReturnType<typeof watchFolders>

/** Elsewhere the system itself watches a whole tree; on Linux Node would do so file by file. */
const isWholeTree = process.platform === 'darwin' || process.platform === 'win32'

/**
 * Tells of files that changed, and of changes it cannot name (null). A folder that cannot be watched (too many, gone, on
 * another machine) is left to the slow look at everything.
 */
export function watchFolders(onChange: (file: string | null) => void) {
  const watchers = new Map<string, FSWatcher>()

  function add(folder: string, recursive: boolean): void {
    try {
      const watcher = watch(folder, { recursive, persistent: false }, (event, name) => {
        // By its own name, a folder tells that it is gone: another one may stand there now, and is watched anew.
        if (event === 'rename' && name === path.basename(folder)) remove(folder)
        onChange(name === null ? null : path.join(folder, name))
      })
      watcher.on('error', () => remove(folder))
      watchers.set(folder, watcher)
    } catch {
      // see above: the slow look finds it
    }
  }

  function remove(folder: string): void {
    watchers.get(folder)?.close()
    watchers.delete(folder)
  }

  return {
    /** `roots` are among the folders. */
    follow(roots: readonly Root[], folders: readonly string[]): void {
      const deep = new Set(isWholeTree ? roots.filter(({ flat }) => !flat).map((root) => root.path) : [])
      const wanted = new Set(
        isWholeTree ? roots.map((root) => root.path).filter((at) => folders.includes(at)) : folders,
      )
      for (const folder of watchers.keys()) if (!wanted.has(folder)) remove(folder)
      for (const folder of wanted) if (!watchers.has(folder)) add(folder, deep.has(folder))
    },
    close(): void {
      for (const folder of watchers.keys()) remove(folder)
    },
  }
}
