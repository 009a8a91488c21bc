import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startDiscord, type DiscordEmulator } from '../emulators/discord.ts'
import type { Emulator } from '../emulators/http.ts'
import { openaiKey, startOpenai } from '../emulators/openai.ts'
import type { World } from '../../electron/replay/world.ts'
import { createCommandLine } from './support/cli.ts'

// Each test starts several processes, on a computer that may be busy with other suites.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 })

/** $0.135 a minute, always. */
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
      tokens: { input: 60_000, cached: 0, output: 60_000 },
      prices: { input: 0.25, cached: 0.025, output: 2 },
      pace: () => 1,
    },
  ],
}
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
const line = createCommandLine()
let openai: Emulator
let discord: DiscordEmulator
let account: { id: string }
let budget: { id: string }
let channel: { id: string }
let polled: Record<'accounts' | 'findings' | 'deliveries', Record<string, unknown>[]>

const fields = (object: object | undefined) => Object.keys(object ?? {})
const has = (...names: string[]): unknown => expect.arrayContaining(names)
const money: unknown = expect.stringMatching(/^-?\d+(\.\d{1,9})?$/)

beforeAll(async () => {
  ;[openai, discord] = await Promise.all([startOpenai(world), startDiscord()])
  account = await line.json(
    ['accounts', 'add', 'openai', '--label', 'Acme', '--workspace', 'Client 1', '--base-url', openai.url],
    `${openaiKey}\n`,
  )
  channel = await line.json(['channels', 'add', 'discord', '--label', 'Ops'], `${discord.webhookUrl}\r\n`)
  budget = await line.json(['budgets', 'set', '--limit', '1', '--period', 'month', '--zone', 'UTC'])
  polled = await line.json(['poll'])
}, 60_000)
afterAll(async () => {
  await Promise.all([openai.stop(), discord.stop()])
  rmSync(line.folder, { recursive: true })
})

describe('the shapes that scripts rely on', () => {
  it('poll', () => {
    expect(fields(polled)).toEqual(has('accounts', 'findings', 'deliveries'))
    expect(polled.accounts).toEqual([
      expect.objectContaining({ id: account.id, provider: 'openai', ok: true, failure: null }),
    ])
    expect(polled.accounts[0]?.['buckets']).toBeGreaterThan(1_000)
    expect(polled.findings.map((finding) => finding['rule'])).toContain('budget')
    expect(polled.deliveries).toContainEqual(
      expect.objectContaining({ channel: 'Ops', state: 'delivered', attempts: 1 }),
    )
  })

  it('report, the sum of whose rows is the total', async () => {
    type Row = Record<'key' | 'effective' | 'billed' | 'estimate' | 'currency' | 'asOf', string>
    for (const by of ['provider', 'account', 'workspace', 'model', 'project', 'key', 'day', 'hour']) {
      const report = await line.json<{ rows: Row[]; total: Row[] }>([
        'report',
        '--from',
        day(-2),
        '--to',
        day(0),
        '--by',
        by,
        '--zone',
        'UTC',
      ])
      expect(fields(report)).toEqual(has('from', 'to', 'by', 'rows', 'total'))
      expect(fields(report.rows[0])).toEqual(has('key', 'effective', 'billed', 'estimate', 'currency', 'asOf'))
      expect(report.total).toEqual([
        expect.objectContaining({ currency: 'USD', effective: money, billed: money, estimate: money }),
      ])
      const nanos = (text: string) => BigInt(Math.round(Number(text) * 1e9))
      const sum = report.rows.reduce((all, row) => all + nanos(row.effective), 0n)
      expect(sum).toBe(nanos(report.total[0]?.effective ?? ''))
    }
  })

  it('report of a part of the spend, which is the row of that part', async () => {
    type Row = Record<'key' | 'effective', string>
    const reportOf = (by: string, ...scope: string[]) =>
      line.json<{ rows: Row[]; total: Row[] }>(['report', '--from', day(-2), '--to', day(0), '--by', by, ...scope])
    const [model] = (await reportOf('model')).rows
    const [project] = (await reportOf('project', '--scope', `model:${model?.key}`)).rows
    const { total } = await reportOf('day', '--scope', `model:${model?.key}`, '--scope', `project:${project?.key}`)
    expect(total.map(({ effective }) => effective)).toEqual([project?.effective])
    expect((await reportOf('model', '--scope', 'provider:anthropic')).rows).toEqual([])
  })

  it('report of days that were never read: null, not 0', async () => {
    const report = await line.json<{ rows: unknown[]; total: { effective: unknown }[] }>([
      'report',
      '--from',
      '2020-01-01',
      '--to',
      '2020-01-02',
      '--by',
      'day',
    ])
    for (const row of [...report.rows, ...report.total] as Record<string, unknown>[])
      expect([row['effective'], row['billed'], row['estimate']]).toEqual([null, null, null])
  })

  it('status', async () => {
    const status = await line.json<Record<string, Record<string, unknown>[]>>(['status'])
    const total = expect.objectContaining({ currency: 'USD', effective: money, estimate: money }) as unknown
    expect(status['today']).toEqual([total])
    expect(status['month']).toEqual([total])
    expect(status['budgets']).toEqual([
      expect.objectContaining({
        id: budget.id,
        scope: 'all',
        period: 'month',
        limit: '1',
        spent: money,
        currency: 'USD',
        state: 'breached',
      }),
    ])
    expect(status['accounts']).toEqual([
      expect.objectContaining({ id: account.id, provider: 'openai', label: 'Acme', state: 'ok', failure: null }),
    ])
    expect(status['alerts']?.[0]).toMatchObject({ state: 'firing' })
  })

  it('alerts list', async () => {
    const alerts = await line.json<Record<string, unknown>[]>(['alerts', 'list'])
    expect(fields(alerts[0])).toEqual(
      has(
        'id',
        'state',
        'severity',
        'rule',
        'scope',
        'openedAt',
        'amount',
        'limit',
        'currency',
        'summary',
        'deliveries',
      ),
    )
    const deliveries = alerts.find((one) => one['rule'] === 'budget')?.['deliveries']
    expect(deliveries).toContainEqual(
      expect.objectContaining({ channel: 'Ops', state: 'delivered', attempts: 1, failure: null }),
    )
  })

  it('lists, and what add and set print', async () => {
    for (const [what, { id }] of Object.entries({ accounts: account, budgets: budget, channels: channel })) {
      const list = await line.json<{ id: string }[]>([what, 'list'])
      expect(list).toContainEqual(expect.objectContaining({ id }))
    }
  })

  it('rates, and the totals that are shown beside the exact ones', async () => {
    type Total = { currency: string; effective: string; exchanges: unknown[] }
    // By hand, so that nothing depends on what the ECB says today.
    const state = await line.json<object>(['rates', 'set', 'usd', 'chf', '0.5', '--from', '2020-01-01'])
    expect(fields(state)).toEqual(has('displayCurrency', 'source', 'day', 'rates', 'manual', 'held'))
    expect(await line.json(['rates', 'display', 'chf'])).toMatchObject({ displayCurrency: 'CHF' })
    const status = await line.json<{ today: Total[]; display: { today: Total } }>(['status'])
    expect(status.display.today).toMatchObject({ currency: 'CHF', ratesOf: '2020-01-01', missing: [] })
    expect(Number(status.display.today.effective)).toBeCloseTo(Number(status.today[0]?.effective) / 2, 6)
    expect((await line.run(['status'])).stdout).toMatch(/^Today .* {2}= {2}CHF.\d.*\(rates of 1 Jan 2020, manual\)/m)
    await line.json(['rates', 'display', 'none'])
    expect((await line.json<{ manual: unknown[] }>(['rates', 'clear', 'chf', 'usd'])).manual).toEqual([])
    expect(await line.json(['status'])).toMatchObject({ display: null })
  })

  it('doctor', async () => {
    const ran = await line.run(['doctor', '--json'])
    const { checks } = JSON.parse(ran.stdout) as { checks: Record<string, string>[] }
    expect(checks.map((check) => check['name'])).toEqual(
      has('secrets', 'database', 'clock', 'network', 'account Acme', 'channel Ops'),
    )
    for (const check of checks) expect(check['message']).toMatch(/\.$|--label/)
  }, 30_000)

  it('export as JSON and CSV, to a file and to standard output', async () => {
    const range = ['--from', day(-1), '--to', day(0)]
    const rows = await line.json<Record<string, string>[]>(['export', '--format', 'json', ...range])
    expect(rows[0]).toMatchObject({ provider: 'openai', account: 'Acme', workspace: 'Client 1', amount: money })
    const file = path.join(line.folder, 'out.csv')
    expect(await line.json(['export', '--format', 'csv', ...range, file])).toMatchObject({ file, rows: rows.length })
    const csv = readFileSync(file, 'utf8').trimEnd().split('\r\n')
    expect(csv).toHaveLength(rows.length + 1)
    expect((await line.run(['export', '--format', 'csv', ...range])).stdout.trimEnd().split('\r\n')).toEqual(csv)
    expect((await line.run(['report', ...range, '--by', 'model', '--csv'])).stdout).toMatch(/^key,label,effective/)
  })
})

describe('exit codes', () => {
  it('is 0 for help, of every command', async () => {
    const commands = [
      [],
      ...['serve', 'poll', 'status', 'report', 'accounts', 'budgets', 'channels', 'alerts', 'export', 'doctor'].map(
        (name) => [name],
      ),
      ...['add', 'list', 'test', 'remove'].flatMap((verb) => [
        ['accounts', verb],
        ['channels', verb],
      ]),
      ...['set', 'list', 'remove'].map((verb) => ['budgets', verb]),
      ...['list', 'show', 'ack', 'snooze', 'resolve', 'verdict', 'export'].map((verb) => ['alerts', verb]),
    ]
    for (const command of commands) {
      const ran = await line.run([...command, '--help'], { bare: true })
      expect(ran).toMatchObject({ code: 0, stderr: '' })
      expect(ran.stdout).toContain(['Usage: spend-guard', ...command].join(' '))
    }
  }, 60_000)

  it.each([
    [['no-such-command']],
    [['status', '--no-such-option']],
    [['report', '--from', '2026-11-01']],
    [['report', '--from', '2026-11-01', '--to', '2026-11-02', '--by', 'moon']],
    [['report', '--from', 'yesterday', '--to', '2026-11-02', '--by', 'day']],
    [['report', '--from', '2026-11-02', '--to', '2026-11-01', '--by', 'day']],
    [['accounts', 'add', 'nobody', '--label', 'x']],
    [['accounts', 'add', 'openai']],
    [['accounts', 'add', 'openai', '--label', 'x', '--option', 'novalue']],
    [['budgets', 'set', '--limit', 'much', '--period', 'day']],
    [['budgets', 'set', '--limit', '-5', '--period', 'day']],
    [['budgets', 'set', '--limit', '0', '--period', 'day']],
    [['budgets', 'set', '--limit', '5', '--period', 'year']],
    [['budgets', 'set', '--limit', '5', '--period', 'day', '--threshold', 'half']],
    [['budgets', 'set', '--limit', '5', '--period', 'day', '--scope', 'galaxy:x']],
    [['budgets', 'set', '--limit', '5', '--period', 'day', '--zone', 'Mars/Olympus']],
    [['budgets', 'set', '--limit', '5', '--period', 'day', '--scope', 'provider:opnai']],
    [['budgets', 'set', '--limit', '5', '--period', 'day', '--scope', 'account:nobody']],
    [['budgets', 'set', '--limit', '5', '--period', 'day', '--threshold', '0%']],
    [['report', '--from', '2026-11-01', '--to', '2026-11-02', '--by', 'day', '--zone', 'Mars/Olympus']],
    [['alerts', 'snooze', 'x']],
    [['alerts', 'snooze', 'x', '--for', 'ever']],
    [['alerts', 'snooze', 'x', '--for', '99999999d']],
    [[]],
    [['accounts']],
    [['channels', 'add', 'desktop', '--label', 'x']],
    [['--server', 'http://127.0.0.1:1/#token=x', 'serve']],
    [['alerts', 'list', '--state', 'angry']],
    [['alerts', 'list', '--limit', 'all']],
    [['alerts', 'list', '--since', 'yesterday']],
    [['alerts', 'verdict', 'x', 'maybe']],
    [['alerts', 'export']],
    [['metrics', '--days', 'all']],
    [['routes', 'set', 'x', 'later']],
    [['routes', 'set', 'x', '25h']],
    [['routes', 'fallback', '0']],
    [['routes', 'fallback', 'soon']],
    [['routes', 'preview', '--at', 'tonight']],
    [['serve', '--port', '99999']],
    [['serve', '--poll-every', '1']],
    [['export', '--format', 'pdf', '--from', '2026-11-01', '--to', '2026-11-02']],
    [['--secret-store', 'plain', 'status']],
    [['--server', 'nonsense', 'status']],
    [['--server', 'http://127.0.0.1:1', '--server-token-file', '/no/such/file', 'status']],
  ])('is 2 for wrong usage: %j', async (args) => {
    const ran = await line.run([...args, '--json'], { stdin: openaiKey })
    expect(ran).toMatchObject({ code: 2, stdout: '' })
    expect(JSON.parse(ran.stderr)).toEqual({ error: { kind: 'invalid-input', message: expect.any(String) as string } })
  })

  it.each([
    ['not-found', ['poll', '--account', 'none']],
    ['not-found', ['accounts', 'test', 'none']],
    ['not-found', ['accounts', 'remove', 'none']],
    ['not-found', ['budgets', 'remove', 'none']],
    ['not-found', ['budgets', 'set', '--id', 'none', '--limit', '5', '--period', 'day']],
    ['not-found', ['channels', 'test', 'none']],
    ['not-found', ['channels', 'remove', 'none']],
    ['not-found', ['alerts', 'show', 'none']],
    ['not-found', ['alerts', 'ack', 'none']],
    ['not-found', ['alerts', 'snooze', 'none', '--for', '2h']],
    ['not-found', ['alerts', 'resolve', 'none']],
    ['unreachable-guard', ['--server', 'http://127.0.0.1:1/#token=x', 'status']],
  ])('is 1 for a failure, told on standard error: %s %j', async (kind, args) => {
    const ran = await line.run([...args, '--json'])
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(JSON.parse(ran.stderr)).toEqual({ error: { kind, message: expect.any(String) as string } })
  })

  it('changes of a budget what is named, and nothing else', async () => {
    const said = { period: 'week', scope: 'project:mobile', zone: 'Asia/Tokyo', currency: 'EUR' }
    const made = await line.json<{ id: string }>(
      ['budgets', 'set', '--limit', '80 EUR', '--period', 'week', '--scope', said.scope, '--zone', said.zone].concat(
        '--threshold',
        '90%:critical',
      ),
    )
    const thresholds = [{ percent: 90, severity: 'critical' }]
    const set = (...options: string[]) => line.json(['budgets', 'set', '--id', made.id, ...options])
    expect(await set('--limit', '120')).toMatchObject({ ...said, limit: '120', thresholds })
    expect(await set('--period', 'month')).toMatchObject({ ...said, limit: '120', period: 'month', thresholds })
    expect(await set('--limit', '$50', '--zone', '')).toMatchObject({ limit: '50', currency: 'USD', zone: null })
    await line.json(['budgets', 'remove', made.id])
    expect(await line.run(['budgets', 'set', '--limit', '5', '--json'])).toMatchObject({ code: 2 })
  })

  it('says what routes take instead, in words', async () => {
    const said = async (...args: string[]) => (await line.run(['routes', ...args])).stderr
    expect(await said('set', 'x', 'later')).toContain('Write now, a time such as 15m or 2h (a day at most), backup,')
    expect(await said('set', 'x', '3d')).toContain('a day at most')
    expect(await said('fallback', '1000')).toContain('Write a number of minutes from 1 to 120.')
    expect(await said('preview', '--at', 'tonight')).toContain('such as 2026-11-28T03:00:00Z')
  })

  it('comes with the help where a command is missing', async () => {
    for (const args of [[], ['accounts']]) {
      const ran = await line.run(args)
      expect(ran).toMatchObject({ code: 2, stdout: '' })
      expect(ran.stderr).toContain(`Usage: ${['spend-guard', ...args].join(' ')} [options] [command]`)
      expect(ran.stderr).toMatch(/\nA command is missing\. Try --help\.\n$/)
    }
  })

  it('is told in one line of words without --json', async () => {
    const ran = await line.run(['alerts', 'show', 'none'])
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(ran.stderr).toMatch(/^There is no alert none\..*\n$/)
  })

  it('is 1 where a file cannot be written', async () => {
    const range = ['--from', day(-1), '--to', day(0)]
    const ran = await line.run(['export', '--format', 'csv', ...range, '/no/such/folder/out.csv', '--json'])
    expect(ran.code).toBe(1)
    expect(JSON.parse(ran.stderr)).toMatchObject({
      error: { kind: 'invalid-input', message: expect.stringContaining('/no/such/folder/out.csv') as string },
    })
  })

  it('is 4 when a budget is breached and somebody asks', async () => {
    expect((await line.run(['status', '--json'])).code).toBe(0)
    expect((await line.run(['status', '--check', '--json'])).code).toBe(4)
    expect((await line.run(['status', '--check'])).code).toBe(4)
  })

  it('is 3 when some accounts failed, and the others are done', async () => {
    const broken = await line.json<{ id: string }>(
      ['accounts', 'add', 'openai', '--label', 'Broken', '--base-url', 'http://127.0.0.1:1'],
      openaiKey,
    )
    const ran = await line.run(['poll', '--json'])
    expect(ran.code).toBe(3)
    const { accounts } = JSON.parse(ran.stdout) as { accounts: { id: string; ok: boolean; failure: object | null }[] }
    expect(accounts.find((one) => one.id === account.id)).toMatchObject({ ok: true, failure: null })
    expect(accounts.find((one) => one.id === broken.id)).toMatchObject({ ok: false, failure: { kind: 'offline' } })
    await line.run(['accounts', 'remove', broken.id])
  })

  it('is 1 when a test fails, with the reason on standard error too', async () => {
    discord.fail({ times: 1, answer: { status: 500 } })
    const told = await line.run(['channels', 'test', channel.id, '--json'])
    expect(told.code).toBe(1)
    expect(JSON.parse(told.stdout)).toMatchObject({ delivered: false, failure: { kind: 'provider-down' } })
    expect(JSON.parse(told.stderr)).toMatchObject({ error: { kind: 'provider-down' } })
    const added = await line.json<{ id: string }>(
      ['accounts', 'add', 'openai', '--label', 'Revoked', '--base-url', openai.url],
      'sk-admin-revoked-0123456789',
    )
    const checked = await line.run(['accounts', 'test', added.id, '--json'])
    await line.run(['accounts', 'remove', added.id])
    expect(checked.code).toBe(1)
    expect(JSON.parse(checked.stdout)).toMatchObject({ ok: false, failure: { kind: 'credential-rejected' } })
    expect(JSON.parse(checked.stderr)).toMatchObject({ error: { kind: 'credential-rejected' } })
  })

  it('is 0 when a reader has seen enough', async () => {
    const { spawn } = await import('node:child_process')
    const { createInterface } = await import('node:readline')
    const program = path.join(import.meta.dirname, '../../electron/cli.ts')
    const args = ['--data-dir', line.dataDir, 'report', '--from', day(-30), '--to', day(0), '--by', 'hour', '--csv']
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let complaint = ''
    child.stderr.on('data', (text) => (complaint += String(text)))
    createInterface(child.stdout).once('line', () => child.stdout.destroy())
    const code = await new Promise((resolve) => child.once('exit', resolve))
    expect({ code, complaint }).toEqual({ code: 0, complaint: '' })
  })
})

describe('accounts and channels', () => {
  it('takes a key from a file as well', async () => {
    const file = path.join(line.folder, 'key')
    writeFileSync(file, `${openaiKey}\n`)
    const added = await line.json<{ id: string }>([
      'accounts',
      'add',
      'openai',
      '--label',
      'From a file',
      '--base-url',
      openai.url,
      '--secret-file',
      file,
    ])
    expect(await line.json(['accounts', 'test', added.id])).toMatchObject({ ok: true })
    expect(await line.json(['accounts', 'remove', added.id])).toEqual({ id: added.id })
  })

  it.each([
    ['no key', '', 'invalid-input'],
    ['nothing but a line break', '\n', 'invalid-input'],
    ['two keys', 'sk-admin-1111111111\nsk-admin-2222222222\n', 'invalid-input'],
    ['a letter that looks like another', 'sk-admin-0123456789абв', 'invalid-input'],
    ['an ordinary key', 'sk-proj-0123456789abcdef', 'invalid-input'],
  ])('refuses %s', async (_what, stdin, kind) => {
    const ran = await line.run(['accounts', 'add', 'openai', '--label', 'x', '--json'], { stdin })
    expect(ran.code).toBe(2)
    expect(JSON.parse(ran.stderr)).toMatchObject({ error: { kind } })
    if (stdin.trim() !== '') expect(ran.stderr).not.toContain(stdin.trim().slice(0, 19))
  })

  it.each(['http://10.0.0.1', 'http://proxy.example.com', 'http://127.0.0.1.nip.io', 'ftp://127.0.0.1'])(
    'sends no key in the clear: %s',
    async (baseUrl) => {
      for (const [command, stdin] of [
        [['accounts', 'add', 'openai'], openaiKey],
        [['channels', 'add', 'discord'], discord.webhookUrl],
      ] as const) {
        const ran = await line.run([...command, '--label', 'x', '--base-url', baseUrl, '--json'], { stdin })
        expect(ran.code).toBe(2)
        expect(JSON.parse(ran.stderr)).toMatchObject({ error: { kind: 'invalid-input' } })
      }
    },
  )

  it('warns, on standard error, of a key that can do more than read', async () => {
    const key = 'sk-ant-admin01-emulated-0123456789'
    const ran = await line.run(
      ['accounts', 'add', 'anthropic', '--label', 'Claude', '--base-url', 'http://127.0.0.1:1', '--json'],
      { stdin: key },
    )
    expect(ran.code).toBe(0)
    expect(JSON.parse(ran.stderr)).toMatchObject({ warning: expect.stringMatching(/\w/) as string })
    const { id } = JSON.parse(ran.stdout) as { id: string }
    await line.run(['accounts', 'remove', id])
  })

  it('gives a channel another secret and other options, none of which is a word of the command line', async () => {
    const key = (letter: string) => `AC${'0'.repeat(32)}:${letter.repeat(32)}`
    const options = ['--option', 'to=+15005550006', '--option', 'from=+15005550010']
    const { id } = await line.json<{ id: string }>(['channels', 'add', 'sms', '--label', 'Phone', ...options], key('a'))
    const set = ['channels', 'set', id]
    expect(await line.json([...set, '--option', 'daily_cap=3', '--option', 'to=+15005550007'])).toMatchObject({
      options: { to: '+15005550007', from: '+15005550010', daily_cap: '3' },
    })
    const told = await line.run([...set, '--secret-stdin', '--base-url', 'http://127.0.0.1:1'], { stdin: key('b') })
    expect(told).toMatchObject({ code: 0, stdout: expect.stringContaining('has its new secret') as string })
    expect(await line.json([...set, '--option', 'daily_cap='])).toMatchObject({
      baseUrl: 'http://127.0.0.1:1',
      options: { to: '+15005550007', from: '+15005550010' },
    })
    const refused = await line.run([...set, '--base-url', 'none', '--json'])
    expect(JSON.parse(refused.stderr)).toMatchObject({ error: { kind: 'invalid-input' } })
    const empty = await line.run([...set, '--secret-stdin', '--json'], { stdin: '' })
    expect(empty.code).toBe(2)
    await line.json(['channels', 'remove', id])
  })

  it('sends a test message on the very path of real ones', async () => {
    const before = discord.messages.length
    expect(await line.json(['channels', 'test', channel.id])).toMatchObject({ delivered: true })
    expect(discord.messages).toHaveLength(before + 1)
  })
})

describe('alerts', () => {
  it('can be shown, acknowledged, snoozed and resolved by the first letters of their id', async () => {
    const [alert] = await line.json<{ id: string; rule: string }[]>(['alerts', 'list', '--state', 'firing'])
    const id = alert?.id.slice(0, 8) ?? ''
    expect(await line.json(['alerts', 'show', id])).toMatchObject({ id: alert?.id, state: 'firing' })
    expect(await line.json(['alerts', 'ack', id])).toMatchObject({ state: 'acknowledged' })
    const over = await line.run(['alerts', 'snooze', id, '--for', '2h', '--until-amount', '0.01'])
    expect(over).toMatchObject({ code: 2, stderr: expect.stringMatching(/stands at \$\S+ already/) as string })
    const foreign = await line.run(['alerts', 'snooze', id, '--until-amount', '99999 EUR'])
    expect(foreign).toMatchObject({ code: 2, stderr: expect.stringContaining('counts in USD') as string })
    const snoozed = await line.json<Record<string, string>>([
      'alerts',
      'snooze',
      id,
      '--for',
      '2h',
      '--until-amount',
      '99999',
    ])
    expect(snoozed).toMatchObject({ state: 'snoozed', snoozedUntilAmount: '99999' })
    expect(JSON.stringify(snoozed['history'])).toContain('or until it reaches $99,999.00.')
    expect(Date.parse(snoozed['snoozedUntil'] ?? '') - Date.now()).toBeGreaterThan(7_000_000)
    expect(await line.json(['alerts', 'resolve', id])).toMatchObject({ state: 'resolved' })
    const again = await line.run(['alerts', 'resolve', id, '--json'])
    expect(again.code).not.toBe(0)
  })

  it('are found by what is said of them, judged, and taken out whole, without a secret', async () => {
    type Found = { id: string; summary: string }
    const [alert] = await line.json<Found[]>(['alerts', 'list', '--rule', 'budget', '--limit', '1'])
    const id = alert?.id ?? ''
    const found = await line.json<Found[]>(['alerts', 'list', '--search', alert?.summary.toUpperCase() ?? ''])
    expect(found.map((one) => one.id)).toContain(id)
    expect(await line.json(['alerts', 'list', '--search', 'no such words'])).toEqual([])
    expect(await line.json(['alerts', 'list', '--until', '2020-01-01'])).toEqual([])

    const verdict = ['alerts', 'verdict', id.slice(0, 8), 'real', '--prevented', '40', '--note', 'A loop']
    expect(await line.json(verdict)).toMatchObject({
      verdicts: [{ verdict: 'real', prevented: '40', note: 'A loop', via: 'cli' }],
    })
    expect((await line.run(['alerts', 'show', id])).stdout).toMatch(/saw .* of \$1\.00; new: [^]*a real problem, says/)

    const file = path.join(line.folder, 'alerts.json')
    const written = await line.json<{ alerts: number }>(['alerts', 'export', '--format', 'json', file])
    const text = readFileSync(file, 'utf8')
    expect((JSON.parse(text) as Found[]).length).toBe(written.alerts)
    const csv = (await line.run(['alerts', 'export', '--format', 'csv'])).stdout
    expect(csv).toContain('A loop')
    for (const secret of [openaiKey, discord.webhookUrl, new URL(discord.webhookUrl).pathname.split('/').at(-1) ?? '?'])
      for (const out of [text, csv]) expect(out).not.toContain(secret)
  })
})

describe('metrics', () => {
  it('are given for thirty days, ninety and all of them, or for as many as asked for', async () => {
    const all = await line.json<{ days: number | null; fired: object[] }[]>(['metrics'])
    expect(all.map(({ days }) => days)).toEqual([30, 90, null])
    expect(all[0]?.fired).not.toEqual([])
    const { stdout } = await line.run(['metrics', '--days', '7'])
    expect(stdout).toMatch(/^The last 7 days/)
    expect(stdout).toMatch(/Prevented, you say +\$40\.00/)
    expect(stdout).toMatch(/Ops +\d+ +0 +100%/)
  })
})

describe('the vault', () => {
  it('is opened by its passphrase only', async () => {
    const wrong = path.join(line.folder, 'wrong')
    writeFileSync(wrong, 'guess')
    const vault = ['--data-dir', line.dataDir, '--secret-store', 'vault', '--json']
    for (const options of [[...vault, '--vault-passphrase-file', wrong], vault]) {
      const ran = await line.run([...options, 'accounts', 'test', account.id], { bare: true })
      expect(ran.code).toBe(1)
      expect(JSON.parse(ran.stderr)).toMatchObject({ error: { kind: 'vault-locked' } })
    }
  })

  it('is never chosen silently: without a keychain nothing is stored', async () => {
    const other = createCommandLine('keychain')
    const ran = await other.run(['accounts', 'add', 'openai', '--label', 'x', '--json'], {
      stdin: openaiKey,
      env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/no/such/bus', XDG_RUNTIME_DIR: other.folder },
    })
    expect(ran.code).toBe(1)
    expect(JSON.parse(ran.stderr)).toMatchObject({
      error: { kind: 'keychain-unavailable', message: expect.stringContaining('--secret-store vault') as string },
    })
    rmSync(other.folder, { recursive: true })
  })
})

it('keeps what it writes to the person alone', () => {
  for (const name of ['vault.json', 'spend.sqlite'])
    expect(statSync(path.join(line.dataDir, name)).mode & 0o077).toBe(0)
  expect(statSync(line.dataDir).mode & 0o077).toBe(0)
})
