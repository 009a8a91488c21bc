import { beforeAll, describe, expect, it } from 'vitest'
import { handleCalls } from '../../../electron/ipc/handle.ts'
import { createGuard, type Guard } from '../../../electron/guard.ts'
import { allCalls } from '../../../shared/ipc-names.ts'
import { ipcMain, type CallEvent } from '../../fakes/electron.ts'
import { createTestSystem } from '../../fakes/system.ts'

const from = (url: string, parent: object | null = null): CallEvent => ({ senderFrame: { url, parent } })
const ours = from('app://bundle/#/settings/accounts')

describe('a call from a page', () => {
  const system = createTestSystem()
  let guard: Guard

  beforeAll(() => {
    const created = createGuard(system)
    if (!created.ok) throw new Error(created.failure.message)
    guard = created.value
    handleCalls(guard)
    return () => guard.stop()
  })

  it('is answered for each name of the contract and no other', () => {
    expect(ipcMain.names().sort()).toEqual([...allCalls].sort())
  })

  it('is answered with a Result', async () => {
    expect(await ipcMain.ask('status:get', ours, {})).toMatchObject({ ok: true, value: { accounts: [], alerts: [] } })
  })

  it.each([
    ['a web page', from('https://example.com/')],
    ['a file', from('file:///tmp/index.html')],
    ['a host that only begins like ours', from('app://bundle.example.com/')],
    ['a frame inside our page', from('app://bundle/', {})],
    ['a frame that is gone', { senderFrame: null }],
  ])('is refused when it comes from %s', async (_who, event) => {
    const answer = await ipcMain.ask('status:get', event, {})
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'refused-host' } })
  })

  it.each([
    ['alerts:acknowledge', {}],
    ['alerts:acknowledge', { id: 7 }],
    ['budgets:set', { limit: '-1', period: 'day', scope: 'all' }],
    ['spend:report', null],
    ['links:open', { provider: 'openai', page: 'https://example.com' }],
    ['settings:change', 'everything'],
  ])('to %s with a request that does not fit gets a failure, not an exception', async (name, request) => {
    const answer = await ipcMain.ask(name, ours, request)
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'invalid-input' } })
  })

  it('puts secrets in and brings none out', async () => {
    const webhook = 'https://discord.com/api/webhooks/1/do-not-tell-anybody'
    const added = await ipcMain.ask('channels:add', ours, { kind: 'discord', label: 'Ops', secret: webhook })
    expect(added).toMatchObject({ ok: true })
    const answers = await Promise.all(
      ['channels:list', 'status:get', 'settings:get', 'doctor:run', 'alerts:list'].map((name) =>
        ipcMain.ask(name, ours, {}),
      ),
    )
    expect(JSON.stringify([added, answers])).not.toContain('do-not-tell-anybody')
  })
})
