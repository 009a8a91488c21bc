import { beforeEach, describe, expect, it } from 'vitest'
import { createAlertBook, type AlertBook } from '../../../electron/alerts/alert-book.ts'
import { acknowledge, resolve, snooze } from '../../../electron/alerts/life-cycle.ts'
import type { Finding } from '../../../electron/detection/finding.ts'
import { createOwners } from '../../../electron/ledger/owners.ts'
import { createAccountsTable } from '../../../electron/storage/accounts.ts'
import { createChannelsTable } from '../../../electron/storage/channels.ts'
import { openMemoryDatabase } from '../../../electron/storage/database.ts'
import { createNamesTable } from '../../../electron/storage/names.ts'
import { fail } from '../../../shared/failures.ts'
import type { Person } from '../../../shared/people.ts'
import { plainRouting, type Routing } from '../../../shared/routing.ts'

const you = { name: 'you', via: 'app' } as const

const start = Date.UTC(2026, 10, 18)
const minuteMs = 60_000
const finding = (change: Partial<Finding> = {}): Finding => ({
  identity: 'budget:b:day:1',
  rule: 'budget',
  ruleId: 'b',
  scope: 'all',
  severity: 'warning',
  steps: ['80%'],
  unsure: false,
  amountNanos: 80_000_000_000n,
  limitNanos: 100_000_000_000n,
  currency: 'USD',
  sinceMs: start,
  summary: 'spent',
  contributors: [{ dimension: 'model', name: 'm', nanos: 80_000_000_000n }],
  ...change,
})

describe('the alert book', () => {
  let channels: ReturnType<typeof createChannelsTable>
  let book: AlertBook
  let unreachable: Set<string>
  let routing: Routing
  let people: Person[]

  beforeEach(() => {
    const db = openMemoryDatabase()
    channels = createChannelsTable(db)
    unreachable = new Set()
    routing = plainRouting
    people = []
    book = createAlertBook(db, {
      channels: channels.all,
      owners: createOwners(createAccountsTable(db), createNamesTable(db)),
      people: () => people,
      routing: () => routing,
      zone: () => 'UTC',
      traits: (channel) => ({ isHere: !unreachable.has(channel.id), isCostly: false, edits: true, skips: [] }),
    })
    addChannel('ops')
    addChannel('boss')
  })

  /** Later ones come later in lists. */
  const addChannel = (id: string) => {
    const createdAtMs = start + channels.all().length
    channels.insert({
      id,
      kind: 'discord',
      label: id,
      baseUrl: null,
      options: {},
      secretName: id,
      person: null,
      createdAtMs,
    })
  }
  const look = (atMs: number, findings: Finding[], cleared: [string, string][] = []) =>
    book.accept({ findings, cleared: new Map(cleared) }, start + atMs, start)
  const only = () => {
    const [alert] = book.list(null, 10)
    if (!alert) throw new Error('no alert')
    return alert
  }
  const owed = () => only().deliveries.map((one) => `${one.channel} ${one.occasion} ${one.state}`)
  const deliver = (
    state: 'delivered' | 'failed' = 'delivered',
    channelId?: string,
    atMs = start + 365 * 86_400_000,
  ) => {
    for (const delivery of book.deliveries.byAlert(only().id)) {
      if (delivery.state !== 'pending' || (channelId !== undefined && delivery.channelId !== channelId)) continue
      book.deliveries.claim([delivery.id], delivery.id, atMs + 8_000)
      const sentAtMs = state === 'delivered' ? atMs : null
      book.deliveries.settle([delivery.id], {
        ...delivery,
        state,
        isUnsettled: false,
        attempts: 1,
        sentAtMs,
        deliveredAtMs: sentAtMs,
      })
    }
  }

  it('owes every channel what fires', () => {
    look(0, [finding()])
    expect(owed()).toEqual(['ops fired pending', 'boss fired pending'])
    expect(only()).toMatchObject({
      state: 'firing',
      severity: 'warning',
      rule: 'budget',
      amount: '80',
      limit: '100',
      scopeLabel: 'everything',
      openedAt: '2026-11-18T00:00:00.000Z',
      asOf: '2026-11-18T00:00:00.000Z',
      resolvedAt: null,
      contributors: [
        {
          dimension: 'model',
          name: 'm',
          amount: '80',
        },
      ],
      history: [
        {
          at: '2026-11-18T00:00:00.000Z',
          state: 'firing',
          by: 'guard',
          note: 'spent',
        },
      ],
    })
  })

  it('owes nothing to a channel that is gone or not reachable from here', () => {
    channels.noteFailed('boss', fail('channel-gone', ''), true)
    addChannel('tray')
    unreachable.add('tray')
    look(0, [finding()])
    expect(owed()).toEqual(['ops fired pending'])
  })

  it('tells of growth, acknowledgement and end only those who heard it fire', () => {
    look(0, [finding()])
    deliver('delivered', 'ops')
    deliver('failed', 'boss')
    addChannel('late')
    look(minuteMs, [finding({ amountNanos: 160_000_000_000n })])
    book.change(only().id, start + minuteMs, (alert) => acknowledge(alert, start + minuteMs, you))
    look(2 * minuteMs, [], [['budget:b:day:1', 'over']])
    // One that waits says the newest state by itself.
    expect(owed().filter((one) => !one.includes('fired'))).toEqual(['ops grew pending'])
  })

  it('tells of each change where the message before was delivered', () => {
    look(0, [finding()])
    deliver()
    book.change(only().id, start + minuteMs, (alert) => acknowledge(alert, start + minuteMs, you))
    deliver('delivered', 'ops')
    look(2 * minuteMs, [], [['budget:b:day:1', 'over']])
    expect(owed().filter((one) => !one.includes('fired'))).toEqual([
      'ops acknowledged delivered',
      'boss acknowledged pending',
      'ops resolved pending',
    ])
  })

  it('adds no message about growth to one that still waits: it will say the newest state', () => {
    look(0, [finding()])
    look(minuteMs, [finding({ amountNanos: 160_000_000_000n })])
    expect(owed()).toEqual(['ops fired pending', 'boss fired pending'])
    deliver()
    look(2 * minuteMs, [finding({ amountNanos: 320_000_000_000n })])
    look(3 * minuteMs, [finding({ amountNanos: 640_000_000_000n })])
    expect(owed().filter((one) => one.includes('grew'))).toEqual(['ops grew pending', 'boss grew pending'])
  })

  it('adds no second firing to one that still waits, but does once it was told', () => {
    look(0, [finding()])
    look(minuteMs, [finding({ steps: ['80%', '100%'] })])
    expect(owed()).toHaveLength(2)
    deliver()
    look(2 * minuteMs, [finding({ steps: ['80%', '100%', '120%'] })])
    expect(owed().filter((one) => one.endsWith('fired pending'))).toHaveLength(2)
  })

  it('adds nothing of the end where the beginning still waits, but does where an attempt may have arrived', () => {
    look(0, [finding()])
    const [ops] = book.deliveries.byAlert(only().id)
    if (!ops) expect.fail('nothing owed')
    book.deliveries.claim([ops.id], ops.id, start + 8_000)
    book.deliveries.settle([ops.id], { ...ops, isUnsettled: true })
    look(minuteMs, [], [['budget:b:day:1', 'over']])
    expect(owed()).toEqual(['ops fired pending', 'boss fired pending', 'ops resolved pending'])
  })

  it('introduces a new channel to what is firing, and to nothing else', () => {
    look(0, [finding({ identity: 'budget:x:day:1' }), finding({ identity: 'budget:y:day:1' }), finding()])
    const [one, two] = book.list(null, 10)
    book.change(one?.id ?? '', start, (alert) => acknowledge(alert, start, you))
    book.change(two?.id ?? '', start, (alert) => snooze(alert, start, you, start + minuteMs, null))
    addChannel('new')
    book.lookAgain()
    book.announce(start)
    const owedToNew = book.list(null, 10).filter((alert) => alert.deliveries.some((d) => d.channelId === 'new'))
    expect(owedToNew.map((alert) => alert.state)).toEqual(['firing'])
  })

  it('keeps who did what, and when', () => {
    look(0, [finding()])
    const { id } = only()
    book.change(id, start + 1, (alert) => acknowledge(alert, start + 1, you))
    book.change(id, start + 2, (alert) => snooze(alert, start + 2, you, start + minuteMs, 200_000_000_000n))
    expect(only()).toMatchObject({
      state: 'snoozed',
      snoozedUntil: new Date(start + minuteMs).toISOString(),
      snoozedUntilAmount: '200',
    })
    book.change(id, start + 3, (alert) => resolve(alert, start + 3, you, 'Resolved by hand.'))
    expect(only().history.map((one) => `${one.state} by ${one.by}`)).toEqual([
      'firing by guard',
      'acknowledged by you',
      'snoozed by you',
      'resolved by you',
    ])
    expect(only()).toMatchObject({ state: 'resolved', resolvedAt: new Date(start + 3).toISOString() })
  })

  it('changes nothing about what is not there, or is over', () => {
    look(0, [finding()])
    const { id } = only()
    const end = (atMs: number) => book.change(id, atMs, (alert) => resolve(alert, atMs, you, ''))
    expect(end(start).ok).toBe(true)
    expect(end(start + 1)).toMatchObject({ ok: false, failure: { kind: 'invalid-input' } })
    expect(book.change('none', start, (alert) => acknowledge(alert, start, you))).toMatchObject({
      ok: false,
      failure: { kind: 'not-found' },
    })
    expect(book.get('none')).toBeNull()
  })

  it('lists by state, newest first, as many as asked for', () => {
    for (const at of [1, 2, 3]) look(at, [finding({ identity: `budget:${at}:day:1`, ruleId: String(at) })])
    look(4, [], [['budget:2:day:1', 'over']])
    const ids = (state: Parameters<AlertBook['list']>[0], limit = 10) =>
      book.list(state, limit).map((one) => one.ruleId)
    expect(ids(null)).toEqual(['3', '2', '1'])
    expect(ids(null, 2)).toEqual(['3', '2'])
    expect(ids('open')).toEqual(['3', '1'])
    expect(ids('open', 1)).toEqual(['3'])
    expect(ids('resolved')).toEqual(['2'])
    expect(ids('firing', 1)).toEqual(['3'])
  })
})
