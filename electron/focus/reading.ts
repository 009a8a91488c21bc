import { Worker } from 'node:worker_threads'
import { fail, type Failure } from '../../shared/failures.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { CostBucket, KnownName } from '../providers/adapter.ts'
import type { ReadBill } from './collect.ts'
import { threadFile } from '../thread-file.ts'
import { i18n } from '../../shared/words.ts'

/** What files say, without the amounts, which are fetched day by day. */
export interface Content {
  lines: number
  /** There were too many kinds of spend, so that some were put together. */
  merged: boolean
  totals: [currency: string, nanos: bigint][]
  names: KnownName[]
  bills: ReadBill[]
}

export interface ThreadTask {
  files: readonly string[]
  /** A thread has words of its own. */
  language: string
}

export type FromThread =
  | { kind: 'lines'; lines: number }
  | { kind: 'read'; content: Content }
  | { kind: 'bucket'; bucket: CostBucket }
  | { kind: 'failed'; failure: Failure }
export interface ToThread {
  bill: number
  day: number
}

export interface Reading {
  content: Promise<Result<Content>>
  /** What one bill says of one day. One at a time, after `content` came. */
  bucket(wanted: ToThread): Promise<CostBucket>
  close(): void
}

/** A thread that runs out of this much memory ends by itself, and not the guard with it. */
const mostMegabytes = 1_024

/** Reads files in a thread of its own. `onLines` hears how far it has come. */
export function startReading(files: readonly string[], onLines: (lines: number) => void): Reading {
  const thread = new Worker(threadFile('import-thread', import.meta.url), {
    workerData: { files, language: i18n.locale } satisfies ThreadTask,
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  })
  let give: ((bucket: CostBucket) => void) | null = null
  let lose: ((error: Error) => void) | null = null
  const content = new Promise<Result<Content>>((resolve) => {
    thread.on('message', (message: FromThread) => {
      if (message.kind === 'lines') onLines(message.lines)
      else if (message.kind === 'read') resolve(ok(message.content))
      else if (message.kind === 'failed') resolve(err(message.failure))
      else give?.(message.bucket)
    })
    thread.once('error', (error) => {
      lose?.(error)
      resolve(err(tooMuch(error)))
    })
    thread.once('exit', () => {
      const ended = new Error('the reading of the file ended early')
      lose?.(ended)
      resolve(err(tooMuch(ended)))
    })
  })
  return {
    content,
    bucket: (wanted) =>
      new Promise((resolve, reject) => {
        give = resolve
        lose = reject
        thread.postMessage(wanted)
      }),
    close: () => void thread.terminate(),
  }
}

function tooMuch(error: Error): Failure {
  return (error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? fail(
        'invalid-input',
        i18n.t('The file needs more memory than there is. Nothing was stored. Import it in parts by month.'),
      )
    : fail('internal', i18n.t('The reading of the file was cut short. Nothing was stored.'))
}
