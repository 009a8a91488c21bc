import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { World } from '../../electron/replay/world.ts'
import { nanosToDecimal, parseNanos } from '../../shared/money.ts'
import type { Emulator } from '../emulators/http.ts'
import { openaiKey, startOpenai } from '../emulators/openai.ts'
import { charge, focusFile } from '../unit/focus/focus-file.ts'
import { readRows, violations } from '../unit/focus/focus-rules.ts'
import { createCommandLine, type Served } from './support/cli.ts'

// Each test starts several processes, on a computer that may be busy with other suites.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 })

const world: World = {
  now: () => Date.now(),
  usageDelayMs: 0,
  costDelayMs: 3_600_000,
  flows: [
    {
      provider: 'openai',
      model: 'gpt-5-mini-2025-08-07',
      project: 'web',
      apiKey: 'prod',
      tokens: { input: 61_003, cached: 17, output: 60_001 },
      prices: { input: 0.25, cached: 0.025, output: 2 },
      pace: () => 1,
    },
  ],
}
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
const week = ['--from', day(-6), '--to', day(0)]
const line = createCommandLine()
let openai: Emulator
let asked: { id: string }
let bills: { id: string; state: string }

type Total = { currency: string; effective: string; billed: string | null; estimate: string | null }
const file = (name: string, content: string) => {
  const at = path.join(line.folder, name)
  writeFileSync(at, content)
  return at
}
const importFile = (at: string, account = bills.id) =>
  line.run(['import', '--format', 'focus', '--account', account, at, '--json'])
async function effectiveOf(account: string, range: readonly string[]): Promise<string | undefined> {
  const report = await line.json<{ rows: (Total & { key: string })[] }>([
    'report',
    ...range,
    '--by',
    'account',
    '--zone',
    'UTC',
  ])
  return report.rows.find((row) => row.key === account)?.effective
}

beforeAll(async () => {
  openai = await startOpenai(world)
  asked = await line.json(['accounts', 'add', 'openai', '--label', 'Acme', '--base-url', openai.url], openaiKey)
  await line.json(['poll'])
  bills = await line.json(['accounts', 'add', 'focus', '--label', 'Bills'])
}, 60_000)
afterAll(async () => {
  await openai.stop()
  rmSync(line.folder, { recursive: true })
})

describe('an export as FOCUS', () => {
  it('is a file that breaks no rule, and adds up to what the report says', async () => {
    const at = path.join(line.folder, 'week.csv')
    const said = await line.json<{ rows: number }>(['export', '--format', 'focus', ...week, at])
    const text = readFileSync(at, 'utf8')
    expect(violations(text)).toEqual([])
    expect(existsSync(`${at}.part`)).toBe(false)
    const rows = readRows(text)
    expect(rows).toHaveLength(said.rows)
    const { total } = await line.json<{ total: Total[] }>(['report', ...week, '--by', 'model', '--zone', 'UTC'])
    const sum = rows.reduce((all, row) => all + (parseNanos(row['BilledCost'] ?? '') ?? 0n), 0n)
    expect(nanosToDecimal(sum)).toBe(total[0]?.effective)
    expect(new Set(rows.map((row) => row['x_Estimated']))).toEqual(new Set(['true', 'false']))
    expect((await line.run(['export', '--format', 'focus', ...week])).stdout).toBe(text.replace(/\r\n$/, '\n'))
  })

  it('can be imported again, and is the same money', async () => {
    const at = path.join(line.folder, 'again.csv')
    await line.json(['export', '--format', 'focus', ...week, at])
    const copy = await line.json<{ id: string }>(['accounts', 'add', 'focus', '--label', 'Copy'])
    expect((await importFile(at, copy.id)).code).toBe(0)
    const own = await effectiveOf(asked.id, week)
    expect(own).toMatch(/^\d/)
    expect(await effectiveOf(copy.id, week)).toBe(own)
    await line.run(['accounts', 'remove', copy.id])
  })
})

describe('an import of FOCUS', () => {
  const november = ['--from', '2026-11-01', '--to', '2026-11-30']

  it('needs an account without a key, which is new until there is a bill, and never late', async () => {
    expect(bills).toMatchObject({ state: 'new', asOf: null })
    const at = file(
      'bill.csv',
      focusFile(
        charge(3, 0, '12.5', { SubAccountId: 'p', SubAccountName: 'Web' }),
        charge(4, 0, '-2', { ChargeCategory: 'Credit' }),
      ),
    )
    const done = JSON.parse((await importFile(path.relative(process.cwd(), at))).stdout) as object
    expect(done).toMatchObject({
      state: 'done',
      lines: 2,
      changedDays: 2,
      totals: [{ currency: 'USD', amount: '10.5' }],
      bills: [{ issuer: 'ACME', billingAccount: 'acct-1', from: '2026-11-01', to: '2026-12-01', days: 2 }],
    })
    expect(await effectiveOf(bills.id, november)).toBe('10.5')
    const accounts = await line.json<{ id: string; state: string; asOf: string }[]>(['accounts', 'list'])
    expect(accounts.find((one) => one.id === bills.id)).toMatchObject({ state: 'ok', asOf: '2026-11-05T00:00:00.000Z' })
    const byProject = await line.run(['report', ...november, '--by', 'project', '--csv'])
    expect(byProject.stdout).toContain('Web')
  })

  it('changes nothing the second time', async () => {
    const again = JSON.parse((await importFile(path.join(line.folder, 'bill.csv'))).stdout) as object
    expect(again).toMatchObject({ changedDays: 0 })
    expect(await effectiveOf(bills.id, november)).toBe('10.5')
  })

  it('stores nothing of a file with a fault in its last line, and says where that is', async () => {
    const at = file('bad.csv', focusFile(charge(3, 0, '99'), charge(4, 0, 'much')))
    const ran = await importFile(at)
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(JSON.parse(ran.stderr)).toMatchObject({
      error: { kind: 'invalid-input', message: expect.stringContaining('line 3, column BilledCost') as string },
    })
    expect(await effectiveOf(bills.id, november)).toBe('10.5')
  })

  it.each([
    ['a file that is not there', () => [bills.id, '/no/such/file.csv'], 'not-found'],
    ['an account that is read at its provider', () => [asked.id, file('own.csv', '')], 'invalid-input'],
    ['an account that is not there', () => ['none', file('own.csv', '')], 'not-found'],
  ] as [string, () => string[], string][])('refuses %s', async (_what, args, kind) => {
    const [account = '', at = ''] = args()
    const ran = await importFile(at, account)
    expect(ran.stdout).toBe('')
    expect(JSON.parse(ran.stderr)).toMatchObject({ error: { kind } })
  })

  it('is left out of polls, which have nobody to ask', async () => {
    expect((await line.run(['poll'])).code).toBe(0)
    expect((await line.json<{ alerts: unknown[] }>(['status'])).alerts).toEqual([])
  })

  describe('into a guard that runs', () => {
    let served: Served
    beforeAll(async () => {
      served = await line.serve()
    })
    afterAll(async () => {
      served.child.kill('SIGTERM')
      await served.ended
    })

    it('is read by that guard, from where the command was started', async () => {
      const at = file('more.csv', focusFile(charge(5, 0, '7')))
      const ran = await importFile(path.relative(process.cwd(), at))
      expect(ran.code).toBe(0)
      expect(await effectiveOf(bills.id, november)).toBe('17.5')
    })
  })
})
