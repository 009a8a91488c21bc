import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createGuard, type Guard } from '../../electron/guard.ts'
import type { CallName, Reply, Request } from '../../shared/ipc.ts'
import { startDiscord, type DiscordEmulator } from '../emulators/discord.ts'
import type { Emulator } from '../emulators/http.ts'
import { openaiKey, startOpenai } from '../emulators/openai.ts'
import type { Flow, World } from '../../electron/replay/world.ts'
import { createTestSystem } from '../fakes/system.ts'

const flow = (pace: number): Flow => ({
  provider: 'openai',
  model: 'gpt-5-mini-2025-08-07',
  project: 'web',
  apiKey: 'prod',
  tokens: { input: 10_000, cached: 0, output: 10_000 },
  prices: { input: 0.25, cached: 0.025, output: 2 },
  pace: () => pace,
})

/** Little before an instant, more from then on: the past stays as it was. */
const rising = (fromMs: number, pace: number): Flow => ({ ...flow(1), pace: (atMs) => (atMs >= fromMs ? pace : 1) })

describe('the guard', () => {
  let world: World
  let openai: Emulator
  let discord: DiscordEmulator
  let system: ReturnType<typeof createTestSystem>
  let guard: Guard

  const open = () => {
    const opened = createGuard(system)
    if (!opened.ok) throw new Error(opened.failure.message)
    guard = opened.value
  }
  async function ask<N extends CallName>(name: N, request: Request<N>): Promise<Reply<N>> {
    const answer = await guard.call(name, request)
    if (!answer.ok) throw new Error(answer.failure.message)
    return answer.value
  }
  const addAccount = () =>
    ask('accounts:add', { provider: 'openai', label: 'Acme', baseUrl: openai.url, secret: openaiKey })
  const addDiscord = () => ask('channels:add', { kind: 'discord', label: 'Ops', secret: discord.webhookUrl })

  beforeEach(async () => {
    world = { now: () => system.clock.now(), flows: [flow(1)], usageDelayMs: 0, costDelayMs: 3_600_000 }
    system = createTestSystem()
    openai = await startOpenai(world)
    discord = await startDiscord()
    open()
  })
  afterEach(async () => {
    await guard.stop()
    await openai.stop()
    await discord.stop()
  })

  it('tells Discord and the desktop of a budget that is crossed, once, and edits the message as it grows and ends', async () => {
    await addAccount()
    await addDiscord()
    await ask('settings:change', { velocityFloor: '1000000', anomalyFloor: '1000000' })
    const budget = await ask('budgets:set', {
      limit: '0.5',
      period: 'month',
      thresholds: [{ percent: 100, severity: 'critical' }],
    })
    const first = await ask('polls:run', {})
    expect(first.accounts[0]).toMatchObject({ ok: true, failure: null })
    expect(first.findings[0]).toMatchObject({ rule: 'budget', severity: 'critical', limit: '0.5' })
    expect(discord.messages).toHaveLength(1)
    expect(JSON.stringify(discord.messages[0]?.versions[0])).toContain('gpt-5-mini-2025-08-07')
    expect(discord.messages[0]?.versions[0]?.allowed_mentions).toEqual({ parse: [] })
    expect(system.notes).toHaveLength(1)

    await ask('polls:run', {})
    expect(discord.messages[0]?.versions).toHaveLength(1)
    world.flows = [rising(system.clock.now() - 3_600_000, 1_000)]
    await ask('polls:run', {})
    expect(discord.messages).toHaveLength(1)
    expect(discord.messages[0]?.versions).toHaveLength(2)

    await ask('budgets:remove', { id: budget.id })
    await expect.poll(() => discord.messages[0]?.versions.at(-1)?.embeds[0]?.title).toContain('Resolved')
    expect(discord.messages).toHaveLength(1)
  })

  it('escalates by single polls too, and forgets nothing in between', async () => {
    await addAccount()
    await addDiscord()
    const boss = await startDiscord()
    const { id } = await ask('channels:add', { kind: 'discord', label: 'Boss', secret: boss.webhookUrl })
    await ask('routing:set', { matrix: { [id]: { info: 10, warning: 10, critical: 10 } } })
    await ask('budgets:set', { limit: '0.5', period: 'month' })
    for (const minutes of [0, 9]) {
      system.leap(minutes * 60_000)
      await ask('polls:run', {})
      await guard.stop()
      open()
    }
    expect([discord.messages.length, boss.messages.length]).toEqual([1, 0])
    system.leap(60_000)
    await ask('polls:run', {})
    expect([discord.messages.length, boss.messages.length]).toEqual([1, 1])
    await boss.stop()
  })

  it('forgets nothing that was told when it is started again', async () => {
    await addAccount()
    await addDiscord()
    await ask('budgets:set', { limit: '0.5', period: 'month' })
    await ask('polls:run', {})
    await guard.stop()
    open()
    await ask('polls:run', {})
    expect(discord.messages).toHaveLength(1)
    expect((await ask('alerts:list', {}))[0]).toMatchObject({ state: 'firing' })
  })

  it('starts again after a failure, and still knows of it', async () => {
    await addAccount()
    openai.fail({ times: 100, answer: { status: 500, json: {} } })
    await ask('polls:run', {})
    await guard.stop()
    open()
    expect((await ask('accounts:list', {}))[0]).toMatchObject({ state: 'failed', failure: { kind: 'provider-down' } })
  })

  it('delivers later what a channel could not take, and shows what it will never take', async () => {
    await addAccount()
    const channel = await addDiscord()
    discord.deleteWebhook()
    await ask('budgets:set', { limit: '0.5', period: 'month' })
    const run = await ask('polls:run', {})
    expect(run.deliveries.find((one) => one.channel === 'Ops')).toMatchObject({
      state: 'failed',
      attempts: 1,
      failure: { kind: 'channel-gone' },
    })
    expect((await ask('channels:list', {})).find((one) => one.id === channel.id)).toMatchObject({ state: 'gone' })
  })

  it('waits out the moment that a channel asks for, also with a test', async () => {
    await addAccount()
    const channel = await addDiscord()
    const limited = { status: 429, json: { message: 'You are being rate limited.', retry_after: 0.05, global: false } }
    discord.fail({ times: 1, answer: limited })
    expect(await ask('channels:test', { id: channel.id })).toMatchObject({ delivered: true, failure: null })
    await ask('budgets:set', { limit: '0.5', period: 'month' })
    discord.fail({ times: 1, answer: limited })
    const run = await ask('polls:run', {})
    expect(run.deliveries.find((one) => one.channel === 'Ops')).toMatchObject({ state: 'delivered', attempts: 2 })
  })

  it('polls on while a channel hangs, and one who asks what was told waits for it', async () => {
    await addAccount()
    await addDiscord()
    let answer = () => {}
    const hanging = new Promise<void>((resolve) => (answer = resolve))
    discord.hold(() => hanging)
    await ask('budgets:set', { limit: '0.5', period: 'month' })
    expect(await ask('polls:run', { untilTold: false })).toMatchObject({ accounts: [{ ok: true }], deliveries: [] })
    await expect.poll(() => discord.asked.length).toBe(1)
    // Once more, while it hangs.
    expect(await ask('polls:run', { untilTold: false })).toMatchObject({ accounts: [{ ok: true }] })
    expect(discord.messages).toHaveLength(0)
    const told = ask('polls:run', {})
    answer()
    expect((await told).deliveries.find((one) => one.channel === 'Ops')).toMatchObject({ state: 'delivered' })
    expect(discord.messages).toHaveLength(1)
  })

  it('tells a new channel of what is firing already', async () => {
    await addAccount()
    await ask('budgets:set', { limit: '0.5', period: 'month' })
    await ask('polls:run', {})
    await addDiscord()
    await expect.poll(() => discord.messages.length).toBe(1)
    const [alert] = await ask('alerts:list', {})
    await ask('alerts:acknowledge', { id: alert?.id ?? '' })
    await addDiscord()
    await ask('polls:run', {})
    expect(discord.messages).toHaveLength(1)
  })

  it('gives the same totals however often the same pages are read', async () => {
    await addAccount()
    await ask('polls:run', {})
    const report = () =>
      ask('spend:report', {
        from: '2026-01-01',
        to: new Date(system.clock.now() - 2 * 86_400_000).toISOString().slice(0, 10),
        by: 'model',
      })
    const before = await report()
    await ask('polls:run', {})
    expect((await report()).total).toEqual(before.total)
    expect(before.rows.reduce((sum, row) => sum + Number(row.effective), 0)).toBeCloseTo(
      Number(before.total[0]?.effective),
      6,
    )
  })

  it('pauses an account after two refusals, tells why, and asks no more until somebody acts', async () => {
    const account = await addAccount()
    openai.fail({
      times: 1_000,
      answer: { status: 401, json: { error: { message: 'Incorrect API key provided: sk-admin-emulated-0123456789' } } },
    })
    await ask('polls:run', {})
    const second = await ask('polls:run', {})
    expect(second.accounts[0]?.failure?.kind).toBe('credential-rejected')
    const [paused] = await ask('accounts:list', {})
    expect(paused).toMatchObject({ state: 'paused' })
    const asked = openai.asked.length
    await ask('polls:run', {})
    expect(openai.asked.length).toBe(asked)
    await ask('polls:run', { accountId: account.id })
    expect(openai.asked.length).toBeGreaterThan(asked)
    expect(JSON.stringify(await ask('status:get', {}))).not.toContain(openaiKey)
  })

  it('reads at once with a new key, whatever the old one was told', async () => {
    const account = await addAccount()
    openai.fail({ times: 1_000, answer: { status: 401, json: {} } })
    await ask('polls:run', {})
    await ask('polls:run', {})
    guard.start()
    const asked = openai.asked.length
    const changed = await ask('accounts:replace-key', { id: account.id, secret: openaiKey })
    expect(changed).toMatchObject({ failure: null })
    await expect.poll(() => openai.asked.length).toBeGreaterThan(asked)
  })

  it('warns, once, of a month that is heading past its budget', async () => {
    await addAccount()
    await addDiscord()
    // About a dollar thirty-five an hour: some $970 in November, of which $570 are spent by now.
    await ask('budgets:set', { limit: '900', period: 'month', thresholds: [{ percent: 100, severity: 'critical' }] })
    await ask('polls:run', {})
    await ask('polls:run', {})
    const [alert] = await ask('alerts:list', {})
    expect(alert).toMatchObject({ rule: 'forecast', severity: 'warning', limit: '900', state: 'firing' })
    expect((await ask('status:get', {})).budgets[0]?.outlook).toMatchObject({
      end: expect.stringMatching(/^9\d\d\.\d\d$/),
      breachOn: expect.stringMatching(/^2026-11-2\d$/),
    })
    expect(alert?.summary).toMatch(/heading for \$9\d\d\.\d\d .* past the \$900\.00 budget around November 2\d\./)
    expect(discord.messages).toHaveLength(1)
    // A leak an hour later: nothing is heading for less than what is spent already.
    const leakedAtMs = system.clock.now()
    world.flows = [rising(leakedAtMs, 2_000)]
    system.leap(1_200_000)
    await ask('polls:run', {})
    const { budgets } = await ask('status:get', {})
    expect(Number(budgets[0]?.spent)).toBeGreaterThan(1_400)
    expect(Number(budgets[0]?.outlook?.end)).toBeGreaterThan(Number(budgets[0]?.spent))
  })

  it('lets a fast spend become the new normal, and speaks again of what is faster still', async () => {
    await addAccount()
    await ask('polls:run', {})
    const risenAtMs = system.clock.now()
    world.flows = [rising(risenAtMs, 60)]
    system.leap(1_800_000)
    await ask('polls:run', {})
    const [alert] = await ask('alerts:list', { state: 'open' })
    expect(alert).toMatchObject({ rule: 'velocity', state: 'firing' })
    const accepted = await ask('alerts:accept', { id: alert?.id ?? '' })
    expect(accepted).toMatchObject({ state: 'resolved' })
    expect(accepted.history.at(-1)).toMatchObject({ by: 'you', note: 'This is the new normal.' })
    for (let hour = 0; hour < 4; hour++) {
      system.leap(3_600_000)
      await ask('polls:run', {})
    }
    expect(await ask('alerts:list', {})).toHaveLength(1)
    const fasterAtMs = system.clock.now()
    world.flows = [{ ...flow(1), pace: (atMs) => (atMs >= fasterAtMs ? 300 : atMs >= risenAtMs ? 60 : 1) }]
    system.leap(3_600_000)
    await ask('polls:run', {})
    expect(await ask('alerts:list', {})).toHaveLength(2)
    expect(await guard.call('alerts:accept', { id: alert?.id ?? '' })).toMatchObject({ ok: false })
  })

  it('does not page for a launch that was announced, and does for what goes beyond it', async () => {
    await addAccount()
    await ask('polls:run', {})
    const today = new Date(system.clock.now()).toISOString().slice(0, 10)
    const plan = await ask('plans:add', { limit: '300', from: today, to: today, note: 'Launch' })
    expect(await ask('plans:list', {})).toEqual([plan])
    const risenAtMs = system.clock.now()
    world.flows = [rising(risenAtMs, 60)]
    const openAlerts = async () => (await ask('alerts:list', { state: 'open' })).map(({ rule }) => rule)
    // Some eighty dollars an hour: the plan lasts for three and a half hours.
    for (let hour = 0; hour < 3; hour++) {
      system.leap(3_600_000)
      await ask('polls:run', {})
      expect(await openAlerts()).toEqual([])
    }
    system.leap(2 * 3_600_000)
    await ask('polls:run', {})
    expect(await openAlerts()).toContain('velocity')
    expect((await ask('alerts:list', { state: 'open' }))[0]?.summary).toContain('Planned were up to $300.00 a day.')
  })

  it('lets an open alert go that was planned after all, and learns the name of a key that is new', async () => {
    await addAccount()
    await ask('settings:change', { velocityFloor: '1000000' })
    await ask('polls:run', {})
    const risenAtMs = system.clock.now()
    world.flows = [flow(1), { ...rising(risenAtMs, 30), pace: (at) => (at >= risenAtMs ? 30 : 0), apiKey: 'nightly' }]
    system.leap(1_800_000)
    await ask('polls:run', {})
    const names = async () => (await ask('alerts:list', {}))[0]?.contributors.map(({ name }) => name)
    // The name of the key is read because something is wrong, and there with the next poll.
    await expect.poll(async () => (await ask('polls:run', {})) && (await names())).toContain('nightly')
    const today = new Date(system.clock.now()).toISOString().slice(0, 10)
    await ask('plans:add', { limit: '300', from: today, to: today })
    const [alert] = await ask('alerts:list', {})
    expect(alert).toMatchObject({ rule: 'anomaly', state: 'resolved' })
    expect(alert?.history.at(-1)?.note).toBe('It was planned.')
  })

  it('takes a plan back from today on, and refuses one that is over', async () => {
    const day = (offset: number) => new Date(system.clock.now() + offset * 86_400_000).toISOString().slice(0, 10)
    const running = await ask('plans:add', { limit: '300', from: day(-2), to: day(2) })
    const coming = await ask('plans:add', { limit: '300', from: day(3), to: day(4), scope: 'provider:openai' })
    await ask('plans:remove', { id: running.id })
    await ask('plans:remove', { id: coming.id })
    expect(await ask('plans:list', {})).toEqual([{ ...running, to: day(-1) }])
    for (const wrong of [
      { from: day(-3), to: day(-1) },
      { from: day(2), to: day(1) },
      { from: day(0), to: day(92) },
      { from: day(0), to: day(1), scope: 'key:prod' },
      { from: 'tomorrow', to: day(1) },
      { from: day(0), to: '' },
      { from: day(0), to: day(1), scope: 'provider:nobody' },
      { from: day(0), to: day(1), scope: 'account:nobody' },
      { from: day(0), to: day(1), limit: '0' },
    ])
      expect(await guard.call('plans:add', { limit: '300', ...wrong })).toMatchObject({
        ok: false,
        failure: { kind: 'invalid-input' },
      })
  })

  it('goes on at once when the clock is set back, tells so, and sends what was waiting', async () => {
    const account = await addAccount()
    await addDiscord()
    await ask('polls:run', {})
    discord.fail({ times: 1, answer: { status: 429, json: { retry_after: 3_000 }, headers: {} } })
    await ask('budgets:set', { limit: '0.01', period: 'month' })
    const waiting = async () => (await ask('alerts:list', {}))[0]?.deliveries.at(-1)?.failure?.kind
    await expect.poll(waiting).toBe('rate-limited')
    system.leap(-26 * 3_600_000)
    const run = await ask('polls:run', { accountId: account.id })
    expect(run.accounts[0]).toMatchObject({ ok: true })
    expect((await ask('status:get', {})).notices[0]).toMatchObject({ kind: 'clock-set-back' })
    await expect.poll(() => discord.messages.length).toBe(1)
    expect((await ask('accounts:list', {}))[0]?.asOf?.slice(0, 10)).toBe('2026-11-17')
  })

  it('shows what a budget would have said, and suggests a limit', async () => {
    await addAccount()
    await ask('polls:run', {})
    // Thirty-two dollars forty a day.
    const preview = await ask('budgets:preview', { limit: '30', period: 'day', zone: 'UTC' })
    expect(Number(preview.middle)).toBeCloseTo(32.4, 1)
    expect(preview.periods).toBeGreaterThan(80)
    expect(preview.thresholds.map(({ times }) => times)).toEqual([preview.periods, preview.periods, preview.periods])
    expect(preview.suggested).toBe('80')
    const roomy = await ask('budgets:preview', { limit: '80', period: 'day', zone: 'UTC' })
    expect(roomy.thresholds.map(({ times }) => times)).toEqual([0, 0, 0])
    for (const period of ['hour', 'rolling24h', 'week', 'month'] as const)
      expect(Number((await ask('budgets:preview', { period })).middle)).toBeGreaterThan(1)
    // At 1.1269 dollars for a euro, as long as nothing newer is known.
    expect(Number((await ask('budgets:preview', { period: 'day', currency: 'EUR' })).middle)).toBeCloseTo(28.75, 1)
    expect(await ask('budgets:preview', { period: 'day', scope: 'model:none', limit: '1' })).toMatchObject({
      suggested: null,
    })
  })

  it('replays what the rules would have said of its own history, and changes nothing by it', async () => {
    const leakedAtMs = system.clock.now() - 2 * 86_400_000
    world.flows = [{ ...flow(1), pace: (atMs) => (atMs >= leakedAtMs && atMs < leakedAtMs + 3 * 3_600_000 ? 100 : 1) }]
    await addAccount()
    await ask('settings:change', { velocityFloor: '25', anomalyFloor: '5' })
    await ask('polls:run', {})
    const before = JSON.stringify([await ask('alerts:list', {}), (await ask('status:get', {})).month])
    const day = (offset: number) => new Date(system.clock.now() + offset * 86_400_000).toISOString().slice(0, 10)
    const week = { from: day(-6), to: day(0) }
    const told = await ask('replay:run', week)
    expect(told.pages.map(({ severity }) => severity)).toContain('critical')
    const [first] = told.pages
    expect(Date.parse(first?.at ?? '') - leakedAtMs).toBeGreaterThan(0)
    expect(Date.parse(first?.at ?? '') - leakedAtMs).toBeLessThan(2 * 3_600_000)
    expect(first).toMatchObject({ scopeLabel: 'Acme', currency: 'USD' })

    const deaf = { velocityFloor: '100000', anomalyFloor: '100000' }
    expect((await ask('replay:run', { ...week, ...deaf })).pages).toEqual([])
    const budgets = [{ limit: '150', period: 'day' as const }]
    const limited = await ask('replay:run', { ...week, ...deaf, budgets })
    // Half of it in one hour, all of it in the next; on one day only.
    expect(limited.pages.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(['budget info', 'budget critical'])
    expect(JSON.stringify([await ask('alerts:list', {}), (await ask('status:get', {})).month])).toBe(before)
    for (const wrong of [
      { from: day(1), to: day(2) },
      { from: day(-200), to: day(0) },
      { from: day(0), to: day(-1) },
    ])
      expect(await guard.call('replay:run', wrong)).toMatchObject({ ok: false, failure: { kind: 'invalid-input' } })
  })

  it('does not take a source that went blind for an incident that is over', async () => {
    await addAccount()
    const leakedAtMs = system.clock.now() - 1_800_000
    world.flows = [rising(leakedAtMs, 500)]
    await ask('polls:run', {})
    const velocity = async () => (await ask('alerts:list', {})).find((alert) => alert.rule === 'velocity')?.state
    expect(await velocity()).toBe('firing')
    const outage = { times: 1_000, answer: { status: 429, json: {}, headers: { 'retry-after': '60' } } }
    openai.fail(outage)
    system.leap(3 * 3_600_000)
    await ask('polls:run', {})
    expect(await velocity()).toBe('firing')
    outage.times = 0
    world.flows = [flow(0)]
    system.leap(3_600_000)
    await ask('polls:run', {})
    expect(await velocity()).toBe('resolved')
  })

  it('does not know what an account spends now that was not read for hours; it does not say 0', async () => {
    await addAccount()
    await ask('polls:run', {})
    const { burnPerHour, today } = await ask('status:get', {})
    expect(Number(burnPerHour[0]?.amount)).toBeGreaterThan(0)
    openai.fail({ times: 1_000, answer: { status: 503, json: {} } })
    system.leap(3 * 3_600_000)
    await ask('polls:run', {})
    expect(await ask('status:get', {})).toMatchObject({ burnPerHour: [], today })
  })

  it('does not know how much of a budget is spent whose account was not read, whatever it knows of others', async () => {
    await addAccount()
    await ask('polls:run', {})
    openai.fail({ times: 1_000, answer: { status: 503, json: {} } })
    const { id } = await ask('accounts:add', {
      provider: 'openai',
      label: 'Other',
      baseUrl: openai.url,
      secret: openaiKey,
    })
    await ask('budgets:set', { limit: '5', period: 'day', scope: `account:${id}` })
    await ask('budgets:set', { limit: '5', period: 'day', scope: 'model:never-used' })
    const [unread, unused] = (await ask('status:get', {})).budgets
    expect([unread, unused]).toMatchObject([
      { state: 'unknown', spent: null },
      { state: 'ok', spent: '0' },
    ])
  })

  it('tells every window of a budget that was set or removed in another one', async () => {
    const heard: string[] = []
    guard.on('changed', ({ what }) => heard.push(...what))
    const { id } = await ask('budgets:set', { limit: '5', period: 'day', scope: 'all' })
    expect(heard.splice(0)).toContain('settings')
    await ask('budgets:remove', { id })
    expect(heard).toContain('settings')
  })

  it('never lowers a total because a read failed', async () => {
    await addAccount()
    await ask('polls:run', {})
    const before = (await ask('status:get', {})).month[0]?.effective
    openai.fail({ times: 1_000, answer: { status: 200, json: { data: [], has_more: true, next_page: null } } })
    const run = await ask('polls:run', {})
    expect(run.accounts[0]).toMatchObject({ ok: false, failure: { kind: 'truncated' } })
    expect(Number((await ask('status:get', {})).month[0]?.effective)).toBeGreaterThanOrEqual(Number(before))
  })

  it('keeps secrets out of every file and every answer', async () => {
    await addAccount()
    await addDiscord()
    await ask('polls:run', {})
    const answers = JSON.stringify([
      await ask('accounts:list', {}),
      await ask('channels:list', {}),
      await ask('status:get', {}),
      await ask('spend:export', { format: 'csv', from: '2026-01-01', to: '2026-12-31' }),
    ])
    const files = readdirSync(system.dataDir, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )
    const everything =
      answers + files.map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1')).join('')
    expect(everything).not.toContain(openaiKey)
    expect(everything).not.toContain('emulated-token')
  })

  it('sets a damaged database aside, starts, and says so', async () => {
    await addAccount()
    await guard.stop()
    const file = path.join(system.dataDir, 'spend.sqlite')
    const bytes = readFileSync(file)
    bytes.fill(0x5a, 100, 8_192)
    writeFileSync(file, bytes)
    open()
    const status = await ask('status:get', {})
    expect(status.notices[0]?.kind).toBe('database-damaged')
    expect(readdirSync(system.dataDir).some((name) => name.includes('damaged'))).toBe(true)
  })

  it.each([
    [
      'no key where one is optional, and nothing in its place',
      { provider: 'gcp', secret: '', options: { table: 'a.b.c' } },
      'There is no key.',
    ],
    [
      'an amount that is none',
      { provider: 'deepseek', secret: 'sk-1', options: { low_balance: '5 USD' } },
      'low_balance',
    ],
    [
      'an amount that is none, of another API',
      { provider: 'custom', secret: '', options: { manifest: '{}', low_balance: '5 USD' } },
      'low_balance',
    ],
    ['an amount below zero', { provider: 'deepseek', secret: 'sk-1', options: { low_balance: '-5' } }, 'low_balance'],
    [
      'a name for an account',
      { provider: 'cloudflare', secret: 'cfut_1', options: { account_id: 'acme' } },
      'account_id',
    ],
  ] as const)('refuses %s', async (_what, entry, sentence) => {
    const answer = await guard.call('accounts:add', { label: 'x', ...entry })
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'invalid-input' } })
    expect(answer.ok ? '' : answer.failure.message).toContain(sentence)
    expect(await ask('accounts:list', {})).toEqual([])
  })

  it('refuses an ordinary key before it stores or sends anything', async () => {
    const answer = await guard.call('accounts:add', {
      provider: 'openai',
      label: 'x',
      baseUrl: openai.url,
      secret: 'sk-proj-abcdef',
    })
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'invalid-input' } })
    expect(openai.asked).toEqual([])
    expect(await ask('accounts:list', {})).toEqual([])
  })
})
