import { describe, expect, it } from 'vitest'
import { presentAlert, scopeLabel } from '../../../electron/alerts/present.ts'
import { createOwners } from '../../../electron/ledger/owners.ts'
import type { AlertRow } from '../../../electron/storage/alerts.ts'
import { createAccountsTable } from '../../../electron/storage/accounts.ts'
import type { DeliveryRow } from '../../../electron/storage/deliveries.ts'
import { openMemoryDatabase } from '../../../electron/storage/database.ts'
import { createNamesTable } from '../../../electron/storage/names.ts'
import { pageUrl, providerFacts } from '../../../shared/providers.ts'

const db = openMemoryDatabase()
const accounts = createAccountsTable(db)
const base = { baseUrl: null, options: {}, secretName: 's', pausedReason: null, workspace: null, createdAtMs: 0 }
accounts.insert({ ...base, id: 'a', provider: 'openai', label: 'Acme' })
accounts.insert({ ...base, id: 'b', provider: 'anthropic', label: 'Beta' })
const owners = createOwners(accounts, createNamesTable(db))

const row: AlertRow = {
  id: '1',
  identity: 'i',
  state: 'firing',
  severity: 'warning',
  rule: 'budget',
  ruleId: 'b',
  scope: 'all',
  openedAtMs: 0,
  updatedAtMs: 1,
  firedAtMs: 0,
  resolvedAtMs: null,
  resolvedBy: null,
  sinceMs: 2,
  asOfMs: null,
  told: [],
  pattern: null,
  causes: [],
  snoozedUntilMs: null,
  snoozedUntilNanos: null,
  toldNanos: null,
  currency: 'USD',
  summary: 's',
  amountNanos: 1_500_000_000n,
  limitNanos: null,
  contributors: [],
}
const present = (change: Partial<AlertRow>, deliveries: DeliveryRow[] = []) =>
  presentAlert(
    { ...row, ...change },
    { changes: [], deliveries, attempts: new Map(), verdicts: [], channels: [], owners, mutedBy: null },
  )

describe('the name of a scope', () => {
  it.each([
    ['all', 'everything'],
    ['provider:openai', 'OpenAI'],
    ['provider:nobody', 'nobody'],
    ['account:a', 'Acme'],
    ['account:removed', 'removed'],
    ['project:web', 'project web'],
    ['model:gpt-5', 'model gpt-5'],
    ['key:prod', 'key prod'],
    ['workspace:Client 1', 'workspace Client 1'],
    ['nonsense', 'everything'],
  ])('is what people call it: %s', (scope, label) => expect(scopeLabel(scope, owners)).toBe(label))
})

describe('what to do about an alert', () => {
  const openai = providerFacts('openai')
  const anthropic = providerFacts('anthropic')
  const mostly = (name: string) => [
    { dimension: 'model' as const, name: 'm', nanos: 9n },
    { dimension: 'account' as const, name, nanos: 5n },
    { dimension: 'account' as const, name: 'Acme', nanos: 1n },
  ]

  it('is said for the account it is about', () => {
    expect(present({ scope: 'account:b', contributors: mostly('Acme') })).toMatchObject({
      advice: anthropic.stopHelp,
      link: anthropic.stopUrl,
    })
  })

  it('is said for the account with most of the money where it is about several', () => {
    expect(present({ contributors: mostly('Beta') }).link).toBe(anthropic.stopUrl)
    expect(present({ contributors: mostly('Acme') }).link).toBe(openai.stopUrl)
  })

  it('is to look where nothing is known of an account', () => {
    for (const change of [{}, { scope: 'account:removed' }, { contributors: mostly('removed') }])
      expect(present(change)).toMatchObject({ link: null, advice: expect.stringContaining('dashboard') as string })
  })

  it('depends on what is wrong', () => {
    const about = (rule: AlertRow['rule']) => present({ rule, scope: 'account:a' })
    expect(about('credential')).toMatchObject({
      link: pageUrl('openai', 'key'),
      advice: expect.stringContaining('new key') as string,
    })
    expect(about('calibration')).toMatchObject({
      link: openai.billingUrl,
      advice: expect.stringContaining('Compare the bill') as string,
    })
    expect(about('velocity').link).toBe(openai.stopUrl)
  })
})

describe('an alert as it is shown', () => {
  it('has null for what is not known', () => {
    expect(present({ amountNanos: null })).toMatchObject({
      amount: null,
      limit: null,
      asOf: null,
      resolvedAt: null,
      snoozedUntil: null,
      snoozedUntilAmount: null,
    })
    expect(present({ amountNanos: 0n, limitNanos: 2n, asOfMs: 0, snoozedUntilNanos: 3n })).toMatchObject({
      amount: '0',
      limit: '0.000000002',
      asOf: '1970-01-01T00:00:00.000Z',
      snoozedUntilAmount: '0.000000003',
    })
  })

  it('keeps deliveries to a channel that was removed', () => {
    const delivery: DeliveryRow = {
      id: 1,
      alertId: '1',
      channelId: 'x',
      occasion: 'fired',
      because: 'fallback',
      held: null,
      owedAtMs: 0,
      groupKey: '',
      editsId: null,
      groupId: 1,
      isUnsettled: false,
      sentAtMs: 4,
      sentSeverity: 'warning',
      costNanos: 7_900_000n,
      costCurrency: 'USD',
      state: 'delivered',
      attempts: 2,
      nextAttemptAtMs: 0,
      deliveredAtMs: 5,
      failure: null,
      receipt: 'r',
    }
    expect(present({}, [delivery]).deliveries).toEqual([
      {
        channel: 'removed channel',
        channelId: 'x',
        occasion: 'fired',
        because: 'fallback',
        held: null,
        nextAttemptAt: null,
        sentAt: '1970-01-01T00:00:00.004Z',
        cost: { amount: '0.0079', currency: 'USD' },
        state: 'delivered',
        attempts: 2,
        failure: null,
        deliveredAt: '1970-01-01T00:00:00.005Z',
        tries: [],
      },
    ])
  })
})
