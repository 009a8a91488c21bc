import { afterEach, beforeEach, expect, it } from 'vitest'
import { createGuard, type Guard } from '../../electron/guard.ts'
import { dayMs } from '../../shared/time.ts'
import { startSms } from '../emulators/sms.ts'
import { twilioSid } from '../emulators/twilio.ts'
import { twilioNumber } from '../emulators/twilio-messages.ts'
import { createTestSystem } from '../fakes/system.ts'

let sms: Awaited<ReturnType<typeof startSms>>
let system: ReturnType<typeof createTestSystem>
let guard: Guard

beforeEach(async () => {
  sms = await startSms()
  sms.state.looksUntilDelivered = 1
  system = createTestSystem()
  const opened = createGuard(system)
  if (!opened.ok) throw new Error(opened.failure.message)
  guard = opened.value
})
afterEach(async () => {
  await guard.stop()
  await sms.stop()
})

it('a channel that took its messages of today says so until the day is over', { timeout: 20_000 }, async () => {
  const added = await guard.call('channels:add', {
    kind: 'sms',
    label: 'Phone',
    secret: sms.secret,
    baseUrl: sms.url,
    options: { account_sid: twilioSid, from: twilioNumber, to: '+15005550006', daily_cap: '1' },
  })
  const id = added.ok ? added.value.id : expect.fail(added.failure.message)
  const channel = async () => {
    const list = await guard.call('channels:list', {})
    return list.ok ? list.value.find((one) => one.id === id) : undefined
  }
  expect(await channel()).toMatchObject({ state: 'ok', sentToday: 0, dailyCap: 1 })
  expect(await guard.call('channels:test', { id })).toMatchObject({ value: { delivered: true } })
  expect(await channel()).toMatchObject({
    state: 'capped',
    sentToday: 1,
    lastFailure: { kind: 'channel-capped', message: expect.stringContaining('daily_cap') as string },
  })
  expect(await guard.call('channels:test', { id })).toMatchObject({
    value: { delivered: false, failure: { kind: 'channel-capped' } },
  })
  expect(sms.sent).toHaveLength(1)
  system.leap(dayMs)
  expect(await channel()).toMatchObject({ state: 'ok', sentToday: 0, lastFailure: null })
})
