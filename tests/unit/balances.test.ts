import { afterEach, expect, it } from 'vitest'
import { createBalances } from '../../electron/balances.ts'
import { createProviderHttp } from '../../electron/http/create-provider-http.ts'
import { createPriceBook } from '../../electron/prices/price-book.ts'
import { adapters } from '../../electron/providers/registry.ts'
import { twilio } from '../../electron/providers/twilio/adapter.ts'
import { createAccountsTable, type AccountRow } from '../../electron/storage/accounts.ts'
import { createBalancesTable } from '../../electron/storage/balances.ts'
import { openDatabase } from '../../electron/storage/database.ts'
import { ok } from '../../shared/result.ts'
import { minuteMs } from '../../shared/time.ts'
import { deepseekKey } from '../emulators/deepseek.ts'
import { startEmulator, type Emulator } from '../emulators/http.ts'
import { startTwilio, twilioKey, twilioSid, twilioToken, type TwilioState } from '../emulators/twilio.ts'
import { createTestSystem } from '../fakes/system.ts'
import { accountRow } from '../fakes/account-row.ts'

const account = accountRow({
  provider: 'twilio',
  label: 'Twilio',
  options: { account_sid: twilioSid, low_balance: '25' },
  secretName: 'account:a',
})
const dollars = (amount: number) => BigInt(Math.round(amount * 1e9))
let emulator: Emulator | null = null
afterEach(() => emulator?.stop())

async function stage(secret: string) {
  const system = createTestSystem()
  const state: Partial<TwilioState> = { balance: '41.20' }
  let nowMs = system.clock.now()
  const started = await startTwilio({ now: () => nowMs, flows: [], usageDelayMs: 0, costDelayMs: 0 }, state)
  emulator = started
  const opened = openDatabase(system.dataDir, nowMs)
  if (!opened.ok) throw new Error(opened.failure.message)
  const { db } = opened.value
  createAccountsTable(db).insert(account)
  const { options } = account
  const http = createProviderHttp({ system, adapter: twilio, baseUrl: started.url, secret, options })
  const balances = createBalances({
    table: createBalancesTable(db),
    context: async () => ok({ http, options, prices: createPriceBook(), now: () => nowMs, dir: null }),
    transaction: (change) => db.transaction(change)(),
    now: () => nowMs,
  })
  const look = async (balance: string) => {
    state.balance = balance
    await balances.refresh(account)
    nowMs += 5 * minuteMs
    return balances.prepaid(account, () => null)[0]
  }
  return { look, balances, started, setBack: (ms: number) => void (nowMs -= ms) }
}

it('a balance that rose was topped up by at least that much', async () => {
  const { look } = await stage(twilioToken)
  expect(await look('41.20')).toMatchObject({
    currency: 'USD',
    leftNanos: dollars(41.2),
    lowNanos: dollars(25),
    topUps: [],
  })
  expect(await look('12.05')).toMatchObject({ leftNanos: dollars(12.05), topUps: [] })
  expect(await look('32.00')).toMatchObject({ topUps: [{ nanos: dollars(19.95) }] })
  expect(await look('31.99')).toMatchObject({ topUps: [{ nanos: dollars(19.95) }] })
})

it('a balance is asked for every five minutes at the most', async () => {
  const { balances, started } = await stage(twilioToken)
  await balances.refresh(account)
  await balances.refresh(account)
  expect(started.asked).toHaveLength(1)
})

it('a balance is asked for again when the clock is set back', async () => {
  const { balances, started, setBack } = await stage(twilioToken)
  await balances.refresh(account)
  setBack(60 * minuteMs)
  await balances.refresh(account)
  expect(started.asked).toHaveLength(2)
})

it('a balance that the key may not read is none, and no failure', async () => {
  const { look } = await stage(twilioKey)
  expect(await look('41.20')).toBeUndefined()
})

/** An account without anything of its own to read but an answer that the test gives. */
async function stageOf(provider: 'deepseek' | 'custom', options: Record<string, string>, answer: () => object) {
  const system = createTestSystem()
  let nowMs = system.clock.now()
  const started = await startEmulator(() => ({ status: 200, json: answer() }))
  emulator = started
  const opened = openDatabase(system.dataDir, nowMs)
  if (!opened.ok) throw new Error(opened.failure.message)
  const { db } = opened.value
  const watched: AccountRow = { ...account, provider, options }
  createAccountsTable(db).insert(watched)
  const adapter = adapters[provider]
  const http = createProviderHttp({ system, adapter, baseUrl: started.url, secret: deepseekKey, options })
  const balances = createBalances({
    table: createBalancesTable(db),
    context: async () => ok({ http, options, prices: createPriceBook(), now: () => nowMs, dir: null }),
    transaction: (change) => db.transaction(change)(),
    now: () => nowMs,
  })
  const look = async () => {
    nowMs += 5 * minuteMs
    await balances.refresh(watched)
    return balances.of('a').map(({ currency, leftNanos }) => [currency, leftNanos])
  }
  return { look, started }
}

it('a currency that the provider no longer names is no balance any more', async () => {
  let dollarsLeft = '0.00'
  const { look } = await stageOf('deepseek', {}, () => ({
    balance_infos: [
      { currency: 'CNY', total_balance: '0.00' },
      { currency: 'USD', total_balance: dollarsLeft },
    ],
  }))
  // DeepSeek lists both currencies; where all is used up nobody can tell which of them was paid in.
  expect(await look()).toEqual([
    ['CNY', 0n],
    ['USD', 0n],
  ])
  dollarsLeft = '50.00'
  expect(await look()).toEqual([['USD', dollars(50)]])
})

it('a balance of a manifest is asked for no more often than the manifest says', async () => {
  const left = { id: 'left', reads: 'balance', plane: 'estimate', lateByMinutes: 5, everyMinutes: 30 }
  const feed = { ...left, request: { path: '/left' }, rows: '[@]', amount: 'left', currency: { fixed: 'EUR' } }
  const manifest = JSON.stringify({ version: 1, name: 'Acme', origin: 'https://api.acme.example', feeds: [feed] })
  const { look, started } = await stageOf('custom', { manifest }, () => ({ left: '12.50' }))
  for (let minutes = 0; minutes < 60; minutes += 5) expect(await look()).toEqual([['EUR', dollars(12.5)]])
  expect(started.asked).toHaveLength(2)
})
