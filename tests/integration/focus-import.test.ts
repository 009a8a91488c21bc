import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createGuard, type Guard } from '../../electron/guard.ts'
import type { CallName, Reply, Request } from '../../shared/ipc.ts'
import { createTestSystem } from '../fakes/system.ts'
import { charge, focusFile } from '../unit/focus/focus-file.ts'

describe('an import, inside the guard', () => {
  let folder: string
  let guard: Guard
  let dataDir: string
  let account: { id: string }

  async function ask<N extends CallName>(name: N, request: Request<N>): Promise<Reply<N>> {
    const answer = await guard.call(name, request)
    if (!answer.ok) throw new Error(answer.failure.message)
    return answer.value
  }
  const file = (name: string, text: string) => {
    const at = path.join(folder, name)
    writeFileSync(at, text)
    return at
  }
  const start = (...files: string[]) => guard.call('imports:start', { format: 'focus', accountId: account.id, files })
  async function end(id: string): Promise<Reply<'imports:get'>> {
    for (;;) {
      const state = await ask('imports:get', { id })
      if (state.state === 'done' || state.state === 'failed') return state
      await sleep(10)
    }
  }

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'spend-guard-import-'))
    const system = createTestSystem()
    dataDir = system.dataDir
    const opened = createGuard(system)
    if (!opened.ok) throw new Error(opened.failure.message)
    guard = opened.value
    account = await ask('accounts:add', { provider: 'focus', label: 'Bills' })
  })
  afterEach(async () => {
    await guard.stop()
    rmSync(folder, { recursive: true })
  })

  it('counts in budgets as soon as it is stored', async () => {
    await ask('budgets:set', { limit: '10', period: 'month', scope: 'all', currency: 'USD' })
    const started = await start(file('bill.csv', focusFile(charge(3, 0, '25'))))
    expect(started.ok && (await end(started.value.id))).toMatchObject({ state: 'done', lines: 1 })
    const status = await ask('status:get', {})
    expect(status.budgets[0]).toMatchObject({ spent: '25', state: 'breached' })
    expect(status.alerts.map((alert) => alert.rule)).toEqual(['budget'])
  })

  it('says what a day cost, and nothing of what is spent in an hour', async () => {
    const started = await start(file('bill.csv', focusFile(charge(18, 0, '25'))))
    expect(started.ok && (await end(started.value.id))).toMatchObject({ state: 'done' })
    expect(await ask('status:get', {})).toMatchObject({ today: [{ billed: '25' }], burnPerHour: [] })
  })

  it('takes a file that a page handed over in pieces, and keeps nothing of it', async () => {
    const bytes = Buffer.from(focusFile(charge(3, 0, '25'), charge(4, 0, '5')))
    const piece = (from: number, to: number) => bytes.subarray(from, to).toString('base64')
    const name = '../../settings.json'
    const first = await ask('imports:upload', { name, at: 0, piece: piece(0, 100) })
    const { upload } = first
    expect(await guard.call('imports:upload', { upload, name, at: 0, piece: piece(0, 100) })).toMatchObject({
      failure: { message: expect.stringContaining('A piece of the file is missing') as string },
    })
    const whole = await ask('imports:upload', { upload, name, at: first.bytes, piece: piece(100, bytes.length) })
    expect(whole).toEqual({ upload, bytes: bytes.length })
    expect(readdirSync(path.join(dataDir, 'incoming', upload))).toEqual(['settings.json'])

    const started = await ask('imports:start', { format: 'focus', accountId: account.id, uploads: [upload] })
    expect(await end(started.id)).toMatchObject({ state: 'done', lines: 2 })
    await sleep(20)
    expect(readdirSync(path.join(dataDir, 'incoming'))).toEqual([])
    expect(
      await guard.call('imports:start', { format: 'focus', accountId: account.id, uploads: [upload] }),
    ).toMatchObject({ failure: { kind: 'not-found' } })
    expect(await guard.call('imports:start', { format: 'focus', accountId: account.id })).toMatchObject({
      failure: { message: 'Name the file to import.' },
    })
  })

  it('is refused while another one is under way, and goes on after it', async () => {
    const at = file('bill.csv', focusFile(charge(3, 0, '1')))
    const first = await start(at)
    expect(await start(at)).toMatchObject({ ok: false, failure: { kind: 'data-folder-busy' } })
    expect(first.ok && (await end(first.value.id))).toMatchObject({ state: 'done' })
    expect(await start(at)).toMatchObject({ ok: true })
  })

  it('ends with the guard', async () => {
    const started = await start(file('bill.csv', focusFile(charge(3, 0, '1'))))
    expect(started).toMatchObject({ ok: true, value: { state: 'reading' } })
    // That it comes to its end, with nobody waiting for the thread, is what is seen here.
    await guard.stop()
    const again = createGuard(createTestSystem())
    if (again.ok) guard = again.value
    expect(again.ok).toBe(true)
  })

  it('takes whole paths only, and accounts that have no key', async () => {
    expect(await start('bill.csv')).toMatchObject({ ok: false, failure: { kind: 'invalid-input' } })
    expect(await guard.call('accounts:add', { provider: 'focus', label: 'x', secret: 'a-key' })).toMatchObject({
      ok: false,
      failure: { kind: 'invalid-input' },
    })
  })
})
