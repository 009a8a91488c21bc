import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createGuard, type Guard } from '../../electron/guard.ts'
import type { World } from '../../electron/replay/world.ts'
import { always, flow } from '../../electron/replay/flows.ts'
import type { PublishedRate } from '../../electron/storage/rates.ts'
import type { CallName, Reply, Request } from '../../shared/ipc.ts'
import { dayMs } from '../../shared/time.ts'
import { ecbAnswers, ecbHost } from '../emulators/ecb.ts'
import type { Emulator } from '../emulators/http.ts'
import { openaiKey, startOpenai } from '../emulators/openai.ts'
import { createTestSystem } from '../fakes/system.ts'

const published: PublishedRate[] = ['2026-11-02', '2026-11-13', '2026-11-17', '2026-11-18'].flatMap((day, at) => [
  { currency: 'USD', day, perEuro: `1.${10 + at}` },
  { currency: 'GBP', day, perEuro: '0.85' },
])

/** An account that spends a dollar an hour, a bank, and a guard between them. It is Wednesday, 18 November, 15:20 UTC. */
describe('a guard over several currencies', () => {
  let world: World
  let openai: Emulator
  let system: ReturnType<typeof createTestSystem>
  let guard: Guard
  let askedBank: string[]

  async function ask<N extends CallName>(name: N, request: Request<N>): Promise<Reply<N>> {
    const answer = await guard.call(name, request)
    if (!answer.ok) throw new Error(answer.failure.message)
    return answer.value
  }
  const addAccount = () =>
    ask('accounts:add', { provider: 'openai', label: 'Acme', baseUrl: openai.url, secret: openaiKey })
  const quiet = () => ask('settings:change', { velocityFloor: '1000000', anomalyFloor: '1000000' })

  beforeEach(async () => {
    askedBank = []
    const bank = ecbAnswers(published, () => system.clock.now())
    system = createTestSystem({
      fetch: async (input, init) => {
        const url = new URL(String(input))
        if (url.host !== ecbHost) return globalThis.fetch(input, init)
        askedBank.push(url.pathname)
        const answer = bank({ method: 'GET', url, headers: {}, body: '' })
        return new Response(answer.text ?? '', { status: answer.status })
      },
    })
    world = { now: () => system.clock.now(), flows: [flow(1, always)], usageDelayMs: 0, costDelayMs: 3_600_000 }
    openai = await startOpenai(world)
    const opened = createGuard(system)
    if (!opened.ok) throw new Error(opened.failure.message)
    guard = opened.value
  })
  afterEach(async () => {
    await guard.stop()
    await openai.stop()
  })

  it('asks the bank for nothing while there is one currency, and once when there are two', async () => {
    await addAccount()
    await ask('budgets:set', { limit: '1000', period: 'month' })
    await ask('polls:run', {})
    expect(askedBank).toEqual([])
    expect(await ask('rates:get', {})).toMatchObject({ needed: false, source: 'bundled', old: true })
    await ask('settings:change', { displayCurrency: 'EUR' })
    await ask('polls:run', {})
    await ask('polls:run', {})
    expect(askedBank).toEqual(['/stats/eurofxref/eurofxref-hist-90d.xml'])
    expect(await ask('rates:get', {})).toMatchObject({ needed: true, source: 'ecb', day: '2026-11-18', old: false })
  })

  it('counts dollars in a budget of euros, and says at which rate', async () => {
    await addAccount()
    await quiet()
    await ask('budgets:set', {
      limit: '10',
      currency: 'EUR',
      period: 'day',
      thresholds: [{ percent: 100, severity: 'critical' }],
    })
    const { findings } = await ask('polls:run', {})
    expect(findings[0]).toMatchObject({ rule: 'budget', severity: 'critical', currency: 'EUR' })
    expect(findings[0]?.summary).toMatch(
      /^€13\.\d\d spent today, 13\d% of the €10\.00 budget\. USD 15\.\d\d counted at 0\.88496 EUR of 18 Nov 2026 \(ECB\)\.$/,
    )
    const [budget] = (await ask('status:get', {})).budgets
    expect(budget).toMatchObject({ state: 'breached', currency: 'EUR', missing: [] })
    expect(budget?.exchanges).toMatchObject([{ currency: 'USD', rate: '0.884955752', ratesOf: '2026-11-18' }])
  })

  it('shows totals in one currency beside the exact ones, which stay as they were', async () => {
    await addAccount()
    await ask('polls:run', {})
    const before = await ask('status:get', {})
    await ask('settings:change', { displayCurrency: 'EUR' })
    await ask('polls:run', {})
    const { today, display } = await ask('status:get', {})
    expect(before.display).toBeNull()
    expect(today.map(({ currency }) => currency)).toEqual(['USD'])
    expect(display).toMatchObject({ currency: 'EUR', today: { ratesOf: '2026-11-18', missing: [] } })
    expect(display?.month.exchanges).toMatchObject([{ ratesFrom: '2026-11-02', ratesOf: '2026-11-18' }])
    expect(Number(display?.today.effective)).toBeCloseTo(Number(today[0]?.effective) / 1.13, 3)
    const report = await ask('spend:report', { from: '2026-11-17', to: '2026-11-17', by: 'account' })
    expect(report.display?.ratesOf).toBe('2026-11-17')
    expect(Number(report.display?.effective)).toBeCloseTo(24 / 1.12, 2)
  })

  it('does not count a day twice whose bill is in euros', async () => {
    world.billCurrency = 'EUR'
    world.billFactor = 1 / 1.1
    await addAccount()
    await quiet()
    await ask('budgets:set', {
      limit: '30',
      period: 'rolling24h',
      thresholds: [{ percent: 100, severity: 'critical' }],
    })
    const { findings } = await ask('polls:run', {})
    expect(findings).toEqual([])
    const { total } = await ask('spend:report', { from: '2026-11-10', to: '2026-11-18', by: 'day' })
    const counts = (currency: string) => Number(total.find((one) => one.currency === currency)?.effective)
    // Final bills in euros; the last days, which have none yet, in dollars or in euros, whichever is more.
    expect(counts('EUR') * 1.1 + counts('USD')).toBeGreaterThan(8.5 * 24)
    expect(counts('EUR') * 1.1 + counts('USD')).toBeLessThan(8.8 * 24)
  })

  it('lets a rate set by hand go first, and judges at once', async () => {
    await addAccount()
    await quiet()
    await ask('budgets:set', {
      limit: '100',
      currency: 'TWD',
      period: 'day',
      thresholds: [{ percent: 100, severity: 'critical' }],
    })
    await ask('polls:run', {})
    expect((await ask('status:get', {})).budgets[0]).toMatchObject({
      spent: null,
      state: 'unknown',
      missing: ['USD'],
    })
    const state = await ask('rates:set', { from: 'USD', to: 'TWD', rate: '30', fromDay: '2026-11-01' })
    expect(state.manual).toEqual([{ from: 'USD', to: 'TWD', rate: '30', fromDay: '2026-11-01' }])
    const [alert] = await ask('alerts:list', { state: 'open' })
    expect(alert?.summary).toContain('counted at 30 TWD of 1 Nov 2026 (manual)')
    await ask('rates:clear', { from: 'TWD', to: 'USD' })
    // What cannot be counted any more was not un-spent.
    expect(await ask('alerts:list', { state: 'open' })).toHaveLength(1)
    expect(await guard.call('rates:clear', { from: 'TWD', to: 'USD' })).toMatchObject({
      ok: false,
      failure: { kind: 'not-found' },
    })
  })

  it('tells a budget once, whatever the rate does until the month is over', async () => {
    await addAccount()
    await quiet()
    await ask('budgets:set', {
      limit: '12',
      currency: 'EUR',
      period: 'month',
      thresholds: [{ percent: 100, severity: 'critical' }],
    })
    await ask('polls:run', {})
    for (const rate of ['0.87', '0.9', '0.88', '0.91'])
      await ask('rates:set', { from: 'USD', to: 'EUR', rate, fromDay: '2026-11-01' })
    system.leap(dayMs)
    await ask('polls:run', {})
    const alerts = (await ask('alerts:list', {})).filter(({ rule }) => rule === 'budget')
    expect(alerts).toHaveLength(1)
    expect(system.notes.filter(({ alertIds }) => alertIds.includes(alerts[0]?.id ?? ''))).toHaveLength(1)
  })

  it('previews a budget in its currency', async () => {
    await addAccount()
    await ask('polls:run', {})
    await ask('settings:change', { displayCurrency: 'EUR' })
    await ask('polls:run', {})
    const preview = await ask('budgets:preview', { limit: '20', currency: 'EUR', period: 'day' })
    expect(Number(preview.middle)).toBeCloseTo(24 / 1.1, 0)
  })
})
