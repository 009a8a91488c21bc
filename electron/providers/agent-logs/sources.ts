import { openAgentLogs, type AgentLogs } from '../../agent-logs/agent-logs.ts'
import type { Root } from '../../agent-logs/roots.ts'
import { secondMs } from '../../../shared/time.ts'

/** Besides what the system tells: missed changes, network disks. */
const lookMs = 30 * secondMs
/** A poll reads several windows, one after the other. */
const lingerMs = secondMs

export interface Source {
  logs: AgentLogs
  users: number
  timer: NodeJS.Timeout | null
  onChange: (() => void) | null
}

/**
 * The readers of logs that are open, one for each account's folder: while an account is watched, and a moment longer than
 * a read where it is not.
 */
export function createSources() {
  const open = new Map<string, Source>()
  /** Two readers of one folder would be in each other's way. */
  const closing = new Map<string, Promise<void>>()

  async function hold(dir: string, roots: readonly Root[]): Promise<Source> {
    await closing.get(dir)
    const known = open.get(dir)
    if (known) {
      known.users++
      if (known.timer) clearTimeout(known.timer)
      known.logs.ref()
      return known
    }
    const logs = openAgentLogs(
      { folder: dir, roots, lookMs },
      // A thread that ended is opened anew by the next read.
      { onChange: () => source.onChange?.(), onEnd: () => open.get(dir) === source && open.delete(dir) },
    )
    const source: Source = { logs, users: 1, timer: null, onChange: null }
    open.set(dir, source)
    return source
  }

  function release(dir: string, source: Source): void {
    source.users--
    if (source.users > 0) return
    source.logs.unref()
    source.timer = setTimeout(() => void close(dir, source), lingerMs).unref()
  }

  async function close(dir: string, source: Source): Promise<void> {
    if (open.get(dir) === source) open.delete(dir)
    const closed = source.logs.close()
    closing.set(dir, closed)
    await closed
    closing.delete(dir)
  }

  return {
    async use<T>(dir: string, roots: readonly Root[], act: (source: Source) => Promise<T>): Promise<T> {
      const source = await hold(dir, roots)
      try {
        return await act(source)
      } finally {
        release(dir, source)
      }
    },
    /** Answers how to stop, which ends reads that are under way: nobody waits for gigabytes in order to quit. */
    watch(dir: string, roots: readonly Root[], changed: () => void): () => Promise<void> {
      const held = hold(dir, roots).then((source) => {
        source.onChange = changed
        // It watches from the first scan on; what goes wrong there, the next read says.
        source.logs.scan().catch(() => undefined)
        return source
      })
      return async () => close(dir, await held)
    },
  }
}
