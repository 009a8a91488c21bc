import { Worker } from 'node:worker_threads'
import type { Owed } from '../storage/agent-calls.ts'
import type { AgentUsage } from '../storage/agent-sums.ts'
import type { Root } from './roots.ts'
import type { Progress, ScanReport } from './scan.ts'
import { threadFile } from '../thread-file.ts'

export interface ThreadData {
  /** Where what was read is kept. */
  folder: string
  roots: readonly Root[]
  /** How often to look at everything besides watching; 0 for reading only when asked to. */
  lookMs: number
}

export interface ToThread {
  id: number
  ask:
    | { kind: 'scan' }
    | { kind: 'settle'; owed: Owed }
    | { kind: 'usage'; fromMs: number; toMs: number; width: number }
}

export type FromThread =
  | { kind: 'changed'; report: ScanReport }
  | { kind: 'fault'; reason: string }
  | { kind: 'rows'; id: number; rows: AgentUsage[] }
  | { kind: 'progress'; progress: Progress }
  | { kind: 'answer'; id: number; report: ScanReport | null; firstMs: number | null; owed: Owed | null }
  | { kind: 'refused'; id: number; reason: string }

export interface AgentLogsHandlers {
  /** Calls were seen that were not known, or not as they are. */
  onChange?(report: ScanReport): void
  /** The thread met an error while nobody asked it for anything, or ended. */
  onFault?(reason: string): void
  /** The thread ended, closed or not. */
  onEnd?(): void
}

const patienceMs = 1_000
/**
 * Nearly all that a scan makes is either gone at once or kept. With 8 MB it is moved about more often, for 5 % more of the
 * processor; with more than this, memory grows and nothing is gained.
 */
const youngMb = 24

export type AgentLogs = ReturnType<typeof openAgentLogs>

/** What was used, and when the first call was that is known of. */
export interface Usage {
  rows: AgentUsage[]
  firstMs: number | null
}

/** What was new, and what the ledger does not know of yet: that as well, and what it was not told before. */
export type Scanned = ScanReport & { owed: Owed | null }

type Answer = Usage & { report: ScanReport | null; owed: Owed | null }

interface Waiting {
  rows: AgentUsage[]
  resolve(answer: Answer): void
  reject(error: Error): void
}

/** The logs of coding agents on this computer, read in a thread of their own. */
export function openAgentLogs(data: ThreadData, { onChange, onFault, onEnd }: AgentLogsHandlers = {}) {
  const thread = new Worker(threadFile('agent-logs-thread', import.meta.url), {
    workerData: data,
    resourceLimits: { maxYoungGenerationSizeMb: youngMb },
  })
  const waiting = new Map<number, Waiting>()
  let asked = 0
  let isClosing = false
  let progress: Progress = { doneBytes: 0, allBytes: 0 }

  function end(reason: string): void {
    for (const { reject } of waiting.values()) reject(new Error(reason))
    waiting.clear()
    if (!isClosing) onFault?.(reason)
    isClosing = true
    onEnd?.()
  }

  thread.on('message', (message: FromThread) => {
    if (message.kind === 'changed') return onChange?.(message.report)
    if (message.kind === 'fault') return onFault?.(message.reason)
    if (message.kind === 'progress') return void (progress = message.progress)
    const one = waiting.get(message.id)
    if (!one) return
    if (message.kind === 'rows') return void one.rows.push(...message.rows)
    waiting.delete(message.id)
    if (message.kind === 'refused') one.reject(new Error(message.reason))
    else one.resolve({ ...message, rows: one.rows })
  })
  thread.on('error', (error) => end((error as Error).message))
  const exited = new Promise<void>((resolve) => {
    thread.on('exit', () => {
      end('the thread that reads the logs of coding agents ended')
      resolve()
    })
  })

  function ask<T>(question: ToThread['ask'], take: (answer: Answer) => T): Promise<T> {
    if (isClosing) return Promise.reject(new Error('the logs of coding agents are closed'))
    const id = asked++
    return new Promise((resolve, reject) => {
      waiting.set(id, { rows: [], resolve: (answer) => resolve(take(answer)), reject })
      thread.postMessage({ id, ask: question } satisfies ToThread)
    })
  }

  return {
    /** Reads all that is new. */
    scan: (): Promise<Scanned> => ask({ kind: 'scan' }, ({ report, owed }) => ({ ...(report as ScanReport), owed })),
    /** The ledger was told. */
    settle: (owed: Owed): Promise<void> => ask({ kind: 'settle', owed }, () => undefined),
    /** What was used, as of the last scan, by buckets of `width` milliseconds, oldest first. */
    usage: (fromMs: number, toMs: number, width: number): Promise<Usage> =>
      ask({ kind: 'usage', fromMs, toMs, width }, ({ rows, firstMs }) => ({ rows, firstMs })),
    /** How far a scan that is running has come. */
    progress: (): Progress => progress,
    /** The program may end while this is open. */
    unref: () => thread.unref(),
    ref: () => thread.ref(),
    async close(): Promise<void> {
      if (!isClosing) thread.postMessage('close')
      isClosing = true
      // In the middle of a long first scan it does not listen. What it has not saved it will read again.
      const late = setTimeout(() => void thread.terminate(), patienceMs)
      await exited
      clearTimeout(late)
    },
  }
}
