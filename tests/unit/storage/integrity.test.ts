import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backUp, openDatabase, type OpenedDatabase } from '../../../electron/storage/database.ts'

const nowMs = Date.UTC(2026, 10, 20)

describe('a damaged database', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'spend-guard-integrity-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const open = (): OpenedDatabase => {
    const opened = openDatabase(folder, nowMs)
    if (!opened.ok) throw new Error(opened.failure.message)
    return opened.value
  }
  /** A history of some 20 MB, more than is read whole at a start, with a backup. */
  const fill = () => {
    const opened = open()
    opened.db.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 800000)
      INSERT INTO cost_rows SELECT 1, i * 60, 60, 1, i * 1000000007, i FROM n`)
    opened.db.prepare("INSERT INTO accounts VALUES ('a', 'openai', 'A', NULL, NULL, '{}', 's', NULL, 0, NULL)").run()
    backUp(opened.db, folder, nowMs)
    opened.db.pragma('wal_checkpoint(TRUNCATE)')
    opened.close()
  }
  const overwrite = (page: number) => {
    const file = openSync(path.join(folder, 'spend.sqlite'), 'r+')
    writeSync(file, Buffer.alloc(4_096, 0x5a), 0, 4_096, (page - 1) * 4_096)
    closeSync(file)
  }
  const rootOf = (table: string): number => {
    const db = new Database(path.join(folder, 'spend.sqlite'), { readonly: true })
    const page = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table) as number
    db.close()
    return page
  }

  it('is recovered at once where the damage is in what cannot be read again', () => {
    fill()
    overwrite(rootOf('accounts'))
    const opened = open()
    expect(opened.notice?.kind).toBe('database-damaged')
    expect(opened.db.prepare('SELECT id FROM accounts').pluck().all()).toEqual(['a'])
    opened.close()
  })

  it('is found in the background where it is deep in a long history, and recovered at the next start', async () => {
    fill()
    overwrite(3_000)
    const opened = open()
    expect(opened.notice).toBeNull()
    expect(opened.damage()).toBeNull()
    expect(await opened.check()).not.toBeNull()
    expect(opened.damage()?.kind).toBe('database-damaged')
    opened.close()
    const again = open()
    expect(again.notice?.message).toContain('backup')
    expect(await again.check()).toBeNull()
    expect(again.db.prepare('SELECT COUNT(*) FROM cost_rows').pluck().get()).toBe(800_000)
    again.close()
    expect(readdirSync(folder).some((name) => name.endsWith('.suspect'))).toBe(false)
  })

  it('is remembered when it is met in use', () => {
    fill()
    overwrite(3_000)
    const opened = open()
    try {
      opened.db.prepare('SELECT SUM(cost_nanos) FROM cost_rows').get()
    } catch (error) {
      opened.met(error)
    }
    expect(opened.damage()?.kind).toBe('database-damaged')
    opened.close()
    const again = open()
    expect(again.notice?.kind).toBe('database-damaged')
    again.close()
  })
})
