import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'

/** Reads a whole database file and says `ok` or what is wrong with it. Started by integrity.ts. */
const { file } = workerData as { file: string }
const db = new Database(file, { readonly: true, fileMustExist: true })
parentPort?.postMessage(String(db.pragma('quick_check(1)', { simple: true })))
db.close()
