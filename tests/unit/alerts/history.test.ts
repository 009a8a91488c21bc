import { beforeEach, describe, expect, it } from 'vitest'
import { createAlertBook, type AlertBook } from '../../../electron/alerts/alert-book.ts'
import { exportAlerts } from '../../../electron/alerts/export.ts'
import { acknowledge, resolve } from '../../../electron/alerts/life-cycle.ts'
import { alertHistoryCalls } from '../../../electron/calls/alert-history.ts'
import type { Finding } from '../../../electron/detection/finding.ts'
import { createOwners } from '../../../electron/ledger/owners.ts'
import { createAccountsTable } from '../../../electron/storage/accounts.ts'
import { createChannelsTable } from '../../../electron/storage/channels.ts'
import { openMemoryDatabase } from '../../../electron/storage/database.ts'
import { createNamesTable } from '../../../electron/storage/names.ts'
import { alertSearch } from '../../../shared/alert-search.ts'
import type { Alert } from '../../../shared/alerts.ts'
import { fail } from '../../../shared/failures.ts'
import type { Request } from '../../../shared/ipc.ts'
import { plainRouting } from '../../../shared/routing.ts'
import { dayMs, minuteMs } from '../../../shared/time.ts'
import { accountRow } from '../../fakes/account-row.ts'

const you = { name: 'Ada', via: 'dashboard' } as const
const start = Date.UTC(2026, 10, 18, 12)
const finding = (change: Partial<Finding> = {}): Finding => ({
  identity: 'velocity:a:USD',
  rule: 'velocity',
  ruleId: null,
  scope: 'account:a',
  severity: 'warning',
  steps: ['25'],
  unsure: false,
  amountNanos: 30_000_000_000n,
  limitNanos: 25_000_000_000n,
  currency: 'USD',
  sinceMs: start - minuteMs,
  summary: 'Burns fast',
  contributors: [{ dimension: 'model', name: 'gpt-5', nanos: 30_000_000_000n }],
  explanation: { pattern: 'cliff', causes: ['One key is most of it.'] } as unknown as NonNullable<
    Finding['explanation']
  >,
  ...change,
})

let book: AlertBook
let history: ReturnType<typeof alertHistoryCalls>
let nowMs: number

beforeEach(() => {
  const db = openMemoryDatabase()
  const accounts = createAccountsTable(db)
  accounts.insert(accountRow({ label: 'Café Müller' }))
  const channels = createChannelsTable(db)
  channels.insert({
    id: 'ops',
    kind: 'discord',
    label: '=ops',
    baseUrl: null,
    options: {},
    secretName: 'ops',
    person: null,
    createdAtMs: 0,
  })
  book = createAlertBook(db, {
    channels: channels.all,
    owners: createOwners(accounts, createNamesTable(db)),
    people: () => [],
    routing: () => plainRouting,
    zone: () => 'Europe/Berlin',
    traits: () => ({ isHere: true, isCostly: false, edits: true, skips: [] }),
  })
  nowMs = start
  history = alertHistoryCalls({ book, now: () => nowMs, zone: () => 'Europe/Berlin', keep: (change) => change() })
})

const look = (atMs: number, findings: Finding[], cleared: [string, string][] = []) =>
  book.accept({ findings, cleared: new Map(cleared) }, start + atMs, start + atMs - 1_000)
const only = (): Alert => {
  const [alert, other] = book.list(null, 2)
  if (!alert || other) throw new Error('there is not exactly one')
  return alert
}
async function find(request: Request<'alerts:list'> = {}) {
  const found = await history['alerts:list'](alertSearch.parse(request))
  if (!found.ok) throw new Error(found.failure.message)
  return found.value
}

describe('the history of an alert', () => {
  it('keeps beside each change of the guard what the rule saw then, though the alert moves on', () => {
    look(0, [finding({ unsure: true })])
    look(minuteMs, [finding({ amountNanos: 40_000_000_000n })])
    look(2 * minuteMs, [finding({ amountNanos: 90_000_000_000n })])
    look(3 * minuteMs, [finding({ amountNanos: 95_000_000_000n, steps: ['25', '100'], severity: 'critical' })])
    look(4 * minuteMs, [finding({ amountNanos: 99_000_000_000n })])
    look(5 * minuteMs, [], [['velocity:a:USD', 'slow again']])
    const told = only().history.map(({ state, saw }) => [state, saw?.amount, saw?.severity, saw?.newSteps, saw?.asOf])
    expect(told).toEqual([
      ['pending', '30', 'warning', ['25'], '2026-11-18T11:59:59.000Z'],
      ['firing', '40', 'warning', ['25'], '2026-11-18T12:00:59.000Z'],
      ['firing', '90', 'warning', [], '2026-11-18T12:01:59.000Z'],
      ['firing', '95', 'critical', ['100'], '2026-11-18T12:02:59.000Z'],
      ['resolved', '99', 'critical', [], '2026-11-18T12:04:59.000Z'],
    ])
    expect(only().history[0]?.saw).toMatchObject({
      limit: '25',
      currency: 'USD',
      since: '2026-11-18T11:59:00.000Z',
      pattern: 'cliff',
      causes: ['One key is most of it.'],
      contributors: [{ dimension: 'model', name: 'gpt-5', amount: '30' }],
    })
  })

  it('says of a person who they were and from where, and of no data, because they may have seen none', () => {
    look(0, [finding()])
    book.change(only().id, start + 1, (alert) => acknowledge(alert, start + 1, you))
    expect(only().history.at(-1)).toMatchObject({ state: 'acknowledged', by: 'Ada', via: 'dashboard', saw: null })
  })

  it('has every attempt to tell of it, also those that failed before one that did not', () => {
    look(0, [finding()])
    const attempt = (atMs: number, state: 'pending' | 'delivered', failed: boolean) => {
      const [first] = book.deliveries.byAlert(only().id)
      if (!first) throw new Error('nothing is owed')
      const failure = failed ? fail('offline', 'There is no network.') : null
      book.deliveries.claim([first.id], first.id, start + atMs)
      book.deliveries.settle([first.id], { ...first, state, failure, isUnsettled: false, attempts: first.attempts + 1 })
      book.deliveries.addAttempt(first.id, start + atMs, state, failure)
    }
    attempt(1_000, 'pending', true)
    attempt(9_000, 'delivered', false)
    expect(only().deliveries[0]?.tries).toEqual([
      { at: '2026-11-18T12:00:01.000Z', outcome: 'pending', failure: expect.objectContaining({ kind: 'offline' }) },
      { at: '2026-11-18T12:00:09.000Z', outcome: 'delivered', failure: null },
    ])
  })
})

describe('searching alerts', () => {
  it('finds a word wherever it is said, in capitals or not, and in any script', async () => {
    look(0, [finding()])
    const { id } = only()
    book.change(id, start + 1, (alert) => resolve(alert, start + 1, you, 'The intern’s loop.'))
    await history['alerts:verdict']({
      id,
      verdict: 'real',
      prevented: null,
      note: 'Straße',
      by: 'you',
      via: 'cli',
    })
    for (const search of ['BURNS', 'GPT-5', 'one KEY', 'intern', 'MÜLLER', 'café', 'STRASSE'.replace('SS', 'ß')])
      expect([search, (await find({ search })).length]).toEqual([search, 1])
    for (const search of ['claude', 'nanos', 'dimension', 'burns claude', '%', '_'])
      expect([search, (await find({ search })).length]).toEqual([search, 0])
  })

  it('narrows by state, rule, severity, scope and the day it opened, as the guard counts days', async () => {
    look(0, [finding()])
    look(dayMs, [
      finding({ identity: 'budget:b:day:1', rule: 'budget', ruleId: 'b', scope: 'all', severity: 'critical' }),
    ])
    // 23:30 UTC is the next day in Berlin.
    look(11.5 * 60 * minuteMs, [finding({ identity: 'velocity:b:USD', scope: 'account:b' })])
    const scopes = async (request: Parameters<typeof find>[0]) => (await find(request)).map(({ scope }) => scope)
    expect(await scopes({})).toEqual(['all', 'account:b', 'account:a'])
    expect(await scopes({ rule: 'budget' })).toEqual(['all'])
    expect(await scopes({ severity: 'warning' })).toEqual(['account:b', 'account:a'])
    expect(await scopes({ scope: 'account:a', state: 'firing' })).toEqual(['account:a'])
    expect(await scopes({ state: 'resolved' })).toEqual([])
    expect(await scopes({ since: '2026-11-19' })).toEqual(['all', 'account:b'])
    expect(await scopes({ until: '2026-11-18' })).toEqual(['account:a'])
    expect(await scopes({ since: '2026-11-19', until: '2026-11-19T09:00:00Z' })).toEqual(['account:b'])
    const backwards = await history['alerts:list'](alertSearch.parse({ since: '2026-11-19', until: '2026-11-18' }))
    expect(backwards).toMatchObject({ ok: false, failure: { kind: 'invalid-input' } })
  })

  it('answers page after page, also where many opened in the same instant', async () => {
    for (let one = 0; one < 7; one++) look(0, [finding({ identity: `velocity:${one}:USD`, summary: `no ${one}` })])
    const seen: string[] = []
    for (let after: string | null = null; ;) {
      const page: Alert[] = await find({ limit: 3, after })
      seen.push(...page.map(({ summary }) => summary))
      after = page.at(-1)?.id ?? null
      if (page.length < 3) break
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((one) => `no ${one}`))
    const [first] = await find({})
    expect(await find({ idStart: first?.id.slice(0, 8) ?? '' })).toHaveLength(1)
  })
})

describe('a verdict', () => {
  const judge = async (verdict: 'real' | 'false' | 'expected', prevented: string | null = null) =>
    history['alerts:verdict']({ id: only().id, verdict, prevented, note: '', by: 'Ada', via: 'cli' })

  it('is given also when the alert is over, is changed by giving another, and remembers the first', async () => {
    look(0, [finding()])
    look(minuteMs, [], [['velocity:a:USD', 'slow again']])
    await judge('real', '12.5')
    nowMs += minuteMs
    const judged = await judge('false')
    expect(judged).toMatchObject({ ok: true, value: { state: 'resolved' } })
    expect(only().verdicts).toEqual([
      { at: '2026-11-18T12:00:00.000Z', verdict: 'real', prevented: '12.5', by: 'Ada', via: 'cli', note: '' },
      { at: '2026-11-18T12:01:00.000Z', verdict: 'false', prevented: null, by: 'Ada', via: 'cli', note: '' },
    ])
  })

  it('has prevented spend only where the problem was real', async () => {
    look(0, [finding()])
    expect(await judge('false', '5')).toMatchObject({ ok: false, failure: { kind: 'invalid-input' } })
    expect(await judge('expected', '5')).toMatchObject({ ok: false })
    expect(only().verdicts).toEqual([])
  })

  it('needs an alert', async () => {
    const answer = await history['alerts:verdict']({
      id: 'none',
      verdict: 'real',
      prevented: null,
      note: '',
      by: 'you',
      via: 'cli',
    })
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'not-found' } })
  })
})

describe('an export of alerts', () => {
  async function exported(format: 'csv' | 'json'): Promise<string> {
    let text = ''
    for (let after: string | null = null; ;) {
      const piece = await history['alerts:export']({ format, since: null, until: null, after })
      if (!piece.ok) throw new Error(piece.failure.message)
      text += piece.value.text
      after = piece.value.next
      if (after === null) return text
    }
  }

  it('is one JSON document however many pieces it came in, also of nothing', async () => {
    expect(JSON.parse(await exported('json'))).toEqual([])
    look(
      0,
      Array.from({ length: 200 }, (_, one) => finding({ identity: `velocity:${one}:USD` })),
    )
    book.announce(start) // so many become alerts in several goes
    expect(JSON.parse(await exported('json'))).toEqual(book.list(null, 1_000))
    look(200, [finding({ identity: 'velocity:last:USD' })])
    expect(JSON.parse(await exported('json'))).toHaveLength(201)
  })

  it('has a line of CSV for every change, verdict and delivery, and no cell that a spreadsheet would run', async () => {
    look(0, [finding({ summary: '=HYPERLINK("http://x")', contributors: [] })])
    book.change(only().id, start + 1, (alert) => acknowledge(alert, start + 1, { name: '+Eve', via: 'dashboard' }))
    await history['alerts:verdict']({
      id: only().id,
      verdict: 'real',
      prevented: '99.5',
      note: '@home',
      by: 'you',
      via: 'cli',
    })
    const lines = (await exported('csv')).trimEnd().split('\r\n')
    const [head = '', ...rest] = lines
    expect(head.split(',').slice(0, 7)).toEqual(['alert', 'at', 'what', 'state', 'by', 'via', 'note'])
    expect(rest.map((line) => line.split(',').slice(2, 4).join(' '))).toEqual([
      'change firing',
      'change acknowledged',
      'verdict real',
      'delivery ',
    ])
    const text = rest.join('\n')
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`)
    for (const cell of [`,'+Eve,`, `,'@home,`, `,'=ops,`, ',99.5,']) expect(text).toContain(cell)
  })

  it('says of each attempt what came of it', () => {
    look(0, [finding()])
    const [delivery] = only().deliveries
    if (!delivery) throw new Error('nothing is owed')
    const tries = [
      { at: '2026-11-18T12:00:01.000Z', outcome: 'pending' as const, failure: fail('offline', 'no network') },
      { at: '2026-11-18T12:00:09.000Z', outcome: 'delivered' as const, failure: null },
    ]
    const alert: Alert = { ...only(), history: [], deliveries: [{ ...delivery, tries }] }
    const lines = exportAlerts([alert], 'csv', { isFirst: false, isLast: true }).trimEnd().split('\r\n')
    expect(lines.map((line) => line.split(',').slice(-2))).toEqual([
      ['pending', 'offline: no network'],
      ['delivered', ''],
    ])
  })
})
