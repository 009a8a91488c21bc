import { parentPort, workerData } from 'node:worker_threads'
import { isDamage } from '../storage/integrity.ts'
import { openAgentCalls, setAside } from '../storage/agent-calls.ts'
import type { FromThread, ThreadData, ToThread } from './agent-logs.ts'
import { createListing } from './listing.ts'
import { createScanner, type ScanReport } from './scan.ts'
import { watchFolders } from './watch.ts'

/** Reads logs and answers what was used, away from the event loop of the guard. Started by agent-logs.ts. */
const { folder, roots, lookMs } = workerData as ThreadData

/** An agent writes many lines a second: the first is read at once, further ones together. One scan takes about 1 ms. */
const soonMs = 2
const togetherMs = 25
/** Rows in one message, so that taking it in is no stall. */
const fewRows = 500

const store = openAgentCalls(folder)
const scanner = createScanner(store, (progress) => post({ kind: 'progress', progress }))
const listing = createListing(roots)
const watching = watchFolders((file) => {
  if (file === null || listing.one(file) === null) isAllDue = true
  else due.add(file)
  schedule()
})

const due = new Set<string>()
let isAllDue = false
let timer: NodeJS.Timeout | null = null
let scannedMs = 0
/** When everything was looked at last. */
let lookedMs = -Infinity
/** One scan after the other. */
let latest: Promise<unknown> = Promise.resolve()

const post = (message: FromThread) => parentPort?.postMessage(message)

function scanAll(): Promise<ScanReport> {
  const scan = latest.then(async () => {
    isAllDue = false
    due.clear()
    lookedMs = performance.now()
    const report = await scanner.scan(listing.all())
    if (lookMs > 0) {
      watching.follow(roots, listing.folders())
    }
    return report
  })
  latest = scan.catch(() => null)
  return scan
}

function scanDue(): Promise<ScanReport> {
  if (isAllDue) return scanAll()
  const scan = latest.then(() => {
    const logs = [...due].map((file) => listing.one(file)).filter((log) => log !== null)
    due.clear()
    return scanner.scan(logs, true)
  })
  latest = scan.catch(() => null)
  return scan
}

function schedule(): void {
  timer ??= setTimeout(
    () => {
      timer = null
      scannedMs = performance.now()
      void scanDue().then(tell, fault)
    },
    Math.max(soonMs, togetherMs - (performance.now() - scannedMs)),
  )
}

function tell(report: ScanReport): ScanReport {
  if (report.changed) post({ kind: 'changed', report })
  return report
}

/** What is kept and cannot be read is put away; whoever opens it next begins anew, and the thread is of no more use. */
function fault(error: unknown): void {
  if (isDamage(error)) {
    store.close()
    setAside(folder)
    throw error
  }
  post({ kind: 'fault', reason: (error as Error).message })
}

/** While the system tells of changes there is no need to look at everything as often as somebody asks. */
const isFresh = () => lookMs > 0 && performance.now() - lookedMs < lookMs

const nothing = { kind: 'answer', report: null, firstMs: null, owed: null } as const

async function answer({ id, ask }: ToThread): Promise<void> {
  try {
    if (ask.kind === 'scan') {
      const report = tell(await (isFresh() ? scanDue() : scanAll()))
      return post({ ...nothing, id, report, owed: store.owed() })
    }
    await latest
    if (ask.kind === 'settle') {
      store.settle(ask.owed)
      return post({ ...nothing, id })
    }
    const rows = store.usage(ask.fromMs, ask.toMs, ask.width)
    for (let at = 0; at < rows.length; at += fewRows) post({ kind: 'rows', id, rows: rows.slice(at, at + fewRows) })
    post({ ...nothing, id, firstMs: store.firstMs() })
  } catch (error) {
    if (isDamage(error)) fault(error)
    post({ kind: 'refused', id, reason: (error as Error).message })
  }
}

parentPort?.on('message', (message: ToThread | 'close') => {
  if (message !== 'close') return void answer(message)
  if (timer) clearTimeout(timer)
  clearInterval(look)
  watching.close()
  void latest.then(() => {
    store.close()
    parentPort?.close()
  })
})

const look = setInterval(
  () => {
    isAllDue = true
    schedule()
  },
  lookMs > 0 ? lookMs : 2 ** 31 - 1,
)
