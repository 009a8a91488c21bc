import { afterEach, describe, expect, it } from 'vitest'
import { createCaps } from '../../electron/caps.ts'
import { createProviderHttp } from '../../electron/http/create-provider-http.ts'
import { createPriceBook } from '../../electron/prices/price-book.ts'
import { openai } from '../../electron/providers/openai/adapter.ts'
import type { AccountRow } from '../../electron/storage/accounts.ts'
import { createCapsTable } from '../../electron/storage/caps.ts'
import { openDatabase } from '../../electron/storage/database.ts'
import { createAccountsTable } from '../../electron/storage/accounts.ts'
import { capText } from '../../shared/cap-text.ts'
import { ok } from '../../shared/result.ts'
import { dayMs, hourMs, iso } from '../../shared/time.ts'
import { startEmulator, type EmulatedAnswer, type Emulator } from '../emulators/http.ts'
import { createTestSystem } from '../fakes/system.ts'
import { accountRow } from '../fakes/account-row.ts'

const missing: EmulatedAnswer = { status: 404, json: { error: { message: 'Spend limit not found' } } }
const list = (data: unknown[], more: string | null = null): EmulatedAnswer => ({
  status: 200,
  json: { object: 'list', data, has_more: more !== null, last_id: more },
})
const dollars = (amount: number) => ({ threshold_amount: amount * 100, currency: 'USD', interval: 'month' })
const account = accountRow({ label: 'Acme', secretName: 'account:a' })

/** An organization with a project; what it says of its limits is up to the test. */
async function stage(answers: Record<string, EmulatedAnswer>) {
  const system = createTestSystem()
  let nowMs = system.clock.now()
  const emulator = await startEmulator(({ url }) => {
    const path = url.pathname.replace('/v1/organization/', '')
    return answers[path + url.search] ?? answers[path] ?? (path.startsWith('projects/p1') ? missing : list([]))
  })
  stopping.push(emulator)
  const opened = openDatabase(system.dataDir, nowMs)
  if (!opened.ok) throw new Error(opened.failure.message)
  createAccountsTable(opened.value.db).insert(account)
  const http = createProviderHttp({ system, adapter: openai, baseUrl: emulator.url, secret: 'sk-admin-0123456789' })
  const caps = createCaps({
    table: createCapsTable(opened.value.db),
    context: async () => ok({ http, options: {}, prices: createPriceBook(), now: () => nowMs, dir: null }),
    now: () => nowMs,
  })
  return { caps, emulator, nowMs, pass: (ms: number) => void (nowMs += ms) }
}
const stopping: Emulator[] = []

describe('limits at the provider', () => {
  afterEach(async () => {
    for (const emulator of stopping.splice(0)) await emulator.stop()
  })

  it('are those of the organization and of each project, with what they do', async () => {
    const { caps, nowMs } = await stage({
      spend_limit: { status: 200, json: dollars(500) },
      'spend_alerts?limit=100': list([dollars(100)], 'one'),
      'spend_alerts?limit=100&after=one': list([dollars(250)]),
      projects: list([{ id: 'p1', name: 'Search' }]),
      'projects/p1/spend_limit': { status: 200, json: dollars(80) },
    })
    await caps.read(account)
    const audit = caps.audit(account)
    expect(audit).toMatchObject({ state: 'set', reason: null, checkedAt: iso(nowMs) })
    expect(audit.caps.map(capText)).toEqual([
      'organization: stops at $500.00 each month',
      'organization: warns at $100.00 each month',
      'organization: warns at $250.00 each month',
      'project Search: stops at $80.00 each month',
    ])
  })

  it('are missing where the provider knows of none, and that is not the same as not knowing', async () => {
    const { caps } = await stage({ spend_limit: missing, spend_alerts: missing })
    expect(caps.audit(account)).toMatchObject({ state: 'unreadable', checkedAt: null, reason: 'Not read yet.' })
    await caps.read(account)
    expect(caps.audit(account)).toMatchObject({ state: 'missing', caps: [] })
  })

  it('are none at an amount of zero', async () => {
    const { caps } = await stage({ spend_limit: { status: 200, json: { ...dollars(0), enforcement: null } } })
    await caps.read(account)
    expect(caps.audit(account).state).toBe('missing')
  })

  it.each([
    ['the key may not read them', { status: 403, json: { error: { message: 'Missing scopes: x' } } }, 'permission'],
    ['the amount is none', { status: 200, json: { threshold_amount: 'much', currency: 'USD' } }, 'cannot read'],
  ] as const)('cannot be read when %s, and it is said why', async (_when, answer, words) => {
    const { caps } = await stage({ spend_limit: answer })
    await caps.read(account)
    const audit = caps.audit(account)
    expect(audit.state).toBe('unreadable')
    expect(audit.reason).toContain(words)
  })

  it('are not known where only the projects may have one, and which there are cannot be read', async () => {
    const projects: EmulatedAnswer = { status: 403, json: { error: { message: 'Missing scopes: x' } } }
    const answers = { spend_limit: missing, projects }
    const none = await stage(answers)
    await none.caps.read(account)
    expect(none.caps.audit(account)).toMatchObject({ state: 'unreadable' })
    const own = await stage({ ...answers, spend_limit: { status: 200, json: dollars(500) } })
    await own.caps.read(account)
    expect(own.caps.audit(account)).toMatchObject({ state: 'set' })
  })

  it('are read once a day', async () => {
    const { caps, emulator, pass } = await stage({ spend_limit: missing })
    await caps.refresh(account)
    const once = emulator.asked.length
    pass(dayMs - 1)
    await caps.refresh(account)
    expect(emulator.asked).toHaveLength(once)
    pass(1)
    await caps.refresh(account)
    expect(emulator.asked).toHaveLength(2 * once)
    // The clock was set back: what was noted for later than now holds nothing up.
    pass(-3 * dayMs)
    await caps.refresh(account)
    expect(emulator.asked).toHaveLength(3 * once)
  })

  it('are read again after an hour where only the moment was wrong', async () => {
    const answers: Record<string, EmulatedAnswer> = { spend_limit: { status: 429, json: {} } }
    const { caps, pass } = await stage(answers)
    await caps.refresh(account)
    expect(caps.audit(account)).toMatchObject({ state: 'unreadable' })
    answers['spend_limit'] = { status: 200, json: dollars(500) }
    pass(hourMs - 1)
    await caps.refresh(account)
    expect(caps.audit(account)).toMatchObject({ state: 'unreadable' })
    pass(1)
    await caps.refresh(account)
    expect(caps.audit(account)).toMatchObject({ state: 'set' })
    pass(hourMs)
    delete answers['spend_limit']
    await caps.refresh(account)
    expect(caps.audit(account)).toMatchObject({ state: 'set' })
  })

  it('are nobody’s to know where the provider shows none, and the page to look at is named', async () => {
    const { caps } = await stage({})
    const anthropic: AccountRow = { ...account, provider: 'anthropic' }
    await caps.read(anthropic)
    expect(caps.audit(anthropic)).toMatchObject({
      state: 'unreadable',
      link: expect.stringMatching(/^https:/) as string,
    })
    expect(caps.audit(anthropic).reason).toContain('does not show its limits')
  })
})
