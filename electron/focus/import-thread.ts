import { parentPort, workerData } from 'node:worker_threads'
import { readFiles } from './read-files.ts'
import { speak } from '../speak.ts'
import type { FromThread, ThreadTask, ToThread } from './reading.ts'

/** Reads FOCUS files beside the guard, which goes on meanwhile. Started by reading.ts. */
const { files, language } = workerData as ThreadTask
const tell = (message: FromThread) => parentPort?.postMessage(message)

await speak('system', [language])
const read = await readFiles(files, (lines) => tell({ kind: 'lines', lines }))
if (!read.ok) tell({ kind: 'failed', failure: read.failure })
else {
  const collector = read.value
  parentPort?.on('message', ({ bill, day }: ToThread) => tell({ kind: 'bucket', bucket: collector.bucket(bill, day) }))
  tell({
    kind: 'read',
    content: {
      lines: collector.lines(),
      merged: collector.isMerged(),
      totals: [...collector.totals()],
      names: collector.names(),
      bills: collector.bills(),
    },
  })
}
