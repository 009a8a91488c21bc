import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { backUp, backUpInSteps } from '../../electron/storage/database.ts'
import type { Emulator } from '../emulators/http.ts'
import { openaiKey, startOpenai } from '../emulators/openai.ts'
import { createCommandLine } from './support/cli.ts'
import { createShownWorld, ledgerTotals } from './support/story.ts'
import { mountSmallDisk } from './support/small-disk.ts'

// Each test starts several processes, on a computer that may be busy with other suites.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 })

const world = createShownWorld()
world.shownMinutes = 60
const line = createCommandLine()
const file = path.join(line.dataDir, 'spend.sqlite')
const kept = path.join(line.folder, 'kept')
let openai: Emulator
let totals: unknown

beforeAll(async () => {
  openai = await startOpenai(world)
  await line.json(['accounts', 'add', 'openai', '--label', 'Acme', '--base-url', openai.url], openaiKey)
  await line.json(['budgets', 'set', '--limit', '1000', '--period', 'month'])
  await line.json(['poll'])
  totals = await ledgerTotals(line)
  cpSync(line.dataDir, kept, { recursive: true })
}, 60_000)
afterAll(async () => {
  await openai.stop()
  rmSync(line.folder, { recursive: true })
})

/** Overwrites stretches of a file with bytes that mean nothing, the same ones each time. */
function damage(target: string, stretches: readonly [from: number, bytes: number][]): void {
  const bytes = readFileSync(target)
  for (const [from, length] of stretches)
    for (let at = from; at < Math.min(from + length, bytes.length); at++) bytes[at] = (at * 167 + 13) % 251
  writeFileSync(target, bytes)
}

describe('a database that was damaged while no guard ran', () => {
  beforeEach(() => {
    rmSync(line.dataDir, { recursive: true })
    cpSync(kept, line.dataDir, { recursive: true })
  })
  const size = () => statSync(file).size
  const cases: [string, () => void][] = [
    ['its header', () => damage(file, [[0, 100]])],
    ['its first page', () => damage(file, [[100, 4_000]])],
    [
      'pages all over it',
      () =>
        damage(
          file,
          [1, 3, 5, 7].map((eighth) => [Math.floor((size() * eighth) / 8), 9_000]),
        ),
    ],
    ['its end, cut off', () => truncateSync(file, Math.floor(size() / 2))],
    ['everything, down to no byte at all', () => truncateSync(file, 0)],
    ['everything, down to no file at all', () => rmSync(file)],
  ]

  it.each(cases)('is replaced by its backup, and the person is told: %s', async (_what, break_) => {
    break_()
    const status = await line.json<{ notices: { kind: string; message: string }[]; accounts: object[] }>(['status'])
    expect(status.notices[0]).toMatchObject({ kind: 'database-damaged' })
    expect(status.notices[0]?.message).toContain('backup')
    expect(status.accounts).toEqual([expect.objectContaining({ label: 'Acme' })])
    expect(await line.json(['budgets', 'list'])).toHaveLength(1)
    expect((await line.json<{ notices: object[] }>(['status'])).notices).toHaveLength(1)
  })

  it('is filled again from the providers, to the nano', async () => {
    damage(file, [[Math.floor(size() / 4), Math.floor(size() / 2)]])
    expect(await line.json(['poll'])).toMatchObject({ accounts: [{ ok: true }] })
    expect(await ledgerTotals(line)).toEqual(totals)
    const db = new Database(file, { readonly: true })
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    db.close()
  })

  it('is kept beside the new one, for who wants to look at it', async () => {
    damage(file, [[0, 100]])
    const broken = readFileSync(file)
    await line.json(['status'])
    const aside = readdirSync(line.dataDir).filter((name) => /damaged-[^.]*$/.test(name))
    expect(aside).toHaveLength(1)
    expect(readFileSync(path.join(line.dataDir, aside[0] ?? '')).equals(broken)).toBe(true)
  })

  it('takes the newest backup that is sound itself', async () => {
    const backups = path.join(line.dataDir, 'backups')
    const [only] = readdirSync(backups)
    cpSync(path.join(backups, only ?? ''), path.join(backups, 'spend-2099-01-01T00-00-00-000Z.sqlite'))
    damage(path.join(backups, 'spend-2099-01-01T00-00-00-000Z.sqlite'), [[0, 50_000]])
    damage(file, [[0, 100]])
    const status = await line.json<{ notices: { message: string }[]; accounts: object[] }>(['status'])
    expect(status.notices[0]?.message).toContain(only)
    expect(status.accounts).toHaveLength(1)
  })

  it('starts anew without any sound backup, and says what to do', async () => {
    for (const name of readdirSync(path.join(line.dataDir, 'backups')))
      damage(path.join(line.dataDir, 'backups', name), [[0, 50_000]])
    damage(file, [[0, 100]])
    const status = await line.json<{ notices: { message: string }[]; accounts: object[] }>(['status'])
    expect(status.accounts).toEqual([])
    expect(status.notices[0]?.message).toContain('add your accounts')
  })

  it('is recovered again when the first recovery was cut short', async () => {
    damage(file, [[0, 100]])
    await line.json(['status'])
    // What a kill in the middle leaves behind: the damaged file is aside already, the new one is half there.
    const draft = readFileSync(file)
    writeFileSync(`${file}.restored`, draft.subarray(0, 5_000))
    rmSync(file)
    expect(await line.json(['accounts', 'list'])).toHaveLength(1)
    expect(readdirSync(line.dataDir)).not.toContain('spend.sqlite.restored')
  })
})

describe('a backup that was cut short', () => {
  it('neither counts as one nor stays', async () => {
    const folder = path.join(line.dataDir, 'backups')
    writeFileSync(path.join(folder, 'spend-2099-01-01T00-00-00-000Z.sqlite.part'), 'half')
    const db = new Database(file)
    await backUpInSteps(db, line.dataDir, Date.now())
    backUp(db, line.dataDir, Date.now() + 1)
    db.close()
    for (const name of readdirSync(folder)) expect(name).toMatch(/^spend-[^.]*\.sqlite$/)
    expect(readdirSync(folder).length).toBeGreaterThan(2)
  })
})

const disk = mountSmallDisk() ?? ''

describe.runIf(disk !== '')('a disk that is full', () => {
  it('loses nothing, is told in words, and goes on once there is room', async () => {
    cpSync(kept, path.join(disk, 'data'), { recursive: true })
    const small = createCommandLine('vault', {
      dataDir: path.join(disk, 'data'),
      passphraseFile: line.passphraseFile,
    })
    // The account is read from the start again, into what is left of the disk.
    await small.json(['accounts', 'add', 'openai', '--label', 'Second', '--base-url', openai.url], openaiKey)
    const filler = path.join(disk, 'filler')
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=16k'], { stdio: 'ignore' })
    truncateSync(filler, statSync(filler).size - 65_536)

    const full = await small.run(['poll', '--json'])
    expect(full.code).not.toBe(0)
    expect(full.stdout + full.stderr).toMatch(/disk-full/)
    expect(full.stdout + full.stderr).toMatch(/Free some space/)
    expect(await small.json(['accounts', 'list'])).toHaveLength(2)

    rmSync(filler)
    expect(await small.json(['poll'])).toMatchObject({ accounts: [{ ok: true }, { ok: true }] })
    const [first] = await small.json<{ id: string }[]>(['accounts', 'list'])
    expect(first).toBeDefined()
    const db = new Database(path.join(disk, 'data', 'spend.sqlite'), { readonly: true })
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    const sums = db.prepare('SELECT account_id, SUM(cost_nanos) FROM plane_days GROUP BY account_id, plane').raw().all()
    db.close()
    // Both accounts read the same world: whatever was half written has been mended.
    const [mine, theirs] = [...Map.groupBy(sums as [string, number][], ([id]) => id).values()]
    expect(mine?.map(([, sum]) => sum)).toEqual(theirs?.map(([, sum]) => sum))
  }, 60_000)
})
