import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  nothingEarlier,
  type ChannelContext,
  type DeliveryOutcome,
  type Message,
} from '../../electron/alerts/channels/channel.ts'
import { channels } from '../../electron/alerts/channels/registry.ts'
import { addableKinds, channelFacts, channelKinds } from '../../shared/channels.ts'
import { createTestSystem } from '../fakes/system.ts'
import { stages } from './channel-stages/all.ts'
import { alert, fired, grouped, hostile, hostileNames } from './channel-stages/messages.ts'
import type { Stage, StageOf, Stages, Trouble } from './channel-stages/stage.ts'

const now = Date.UTC(2026, 10, 18, 15, 20)
const system = createTestSystem({ clock: { now: () => now, after: () => () => undefined } })
const remote = (addableKinds as (keyof Stages)[]).flatMap((kind) =>
  [stages[kind]].flat().map((stageOf) => ({ kind, stageOf, name: stageOf.way ?? kind })),
)
const localKinds = channelKinds.filter((kind) => channelFacts(kind).secret === null)

function failed(outcome: DeliveryOutcome) {
  if (outcome.delivered) throw new Error('delivered')
  return outcome
}

describe.each(remote)('the $name channel', ({ kind, stageOf }) => {
  const channel = channels[kind]
  const { open, edits, tellsEach, answersInForm, namesWaits = true, wrongSecrets, says } = stageOf
  let stage: Stage
  let context: ChannelContext

  beforeEach(async () => {
    stage = await open()
    context = { secret: stage.secret, baseUrl: stage.baseUrl ?? null, options: stage.options ?? {}, system }
  })
  afterEach(() => stage.stop())

  const send = (message: Message = fired, receipt: string | null = null) =>
    channel.send(context, message, { ...nothingEarlier, receipt })
  const meet = async (trouble: Trouble) => {
    stage.next(trouble)
    return failed(await send())
  }

  it('is there on every computer', () => {
    expect(channel.available({ desktop: null })).toBe(true)
  })

  it('tells what matters most: what, how much, by whom and what to do', async () => {
    expect(await send()).toMatchObject({ delivered: true })
    const text = JSON.stringify(stage.told()).toLowerCase()
    for (const part of says) expect(text).toContain(part.toLowerCase())
  })

  it('follows an alert as it grows, is acknowledged and ends: in place where it can, else with a message each', async () => {
    const first = await send()
    const receipt = first.delivered ? first.receipt : null
    const heard = (['grew', 'acknowledged', 'resolved'] as const).filter((one) => !channel.skips.includes(one))
    for (const [nth, occasion] of heard.entries()) {
      // Something is new each time: some services take no edit that changes nothing.
      const alerts = [{ ...alert, amount: String(121 + nth) }] as const
      expect(await send({ ...fired, alerts, occasion }, receipt)).toMatchObject(
        edits ? { delivered: true, receipt } : { delivered: true },
      )
    }
    const versions = stage.told().map((all) => all.length)
    expect(versions).toEqual(edits ? [1 + heard.length] : Array.from({ length: 1 + heard.length }, () => 1))
  })

  it('sends a new message when an alert fires again, and for a test', async () => {
    const first = await send()
    const receipt = first.delivered ? first.receipt : null
    await send({ ...fired, key: 'delivery-2' }, receipt)
    await send({ ...fired, key: 'delivery-3', occasion: 'test' }, receipt)
    expect(stage.told()).toHaveLength(3)
  })

  it.runIf(edits)('says it anew where somebody deleted its message', async () => {
    const first = await send()
    const receipt = first.delivered ? (first.receipt ?? '') : ''
    const other = await send(
      { ...fired, occasion: 'grew' },
      receipt.replace(/\d(?=\D*$)/, (digit) => `${(Number(digit) + 7) % 10}`),
    )
    expect(other).toMatchObject({ delivered: true })
    expect(stage.told()).toHaveLength(2)
  })

  // ntfy does not tell whether what is replaced is still there.
  it.runIf(edits && kind !== 'ntfy')('says nothing anew of an older message that somebody deleted', async () => {
    const first = await send()
    const receipt = first.delivered ? (first.receipt ?? '') : ''
    const deleted = receipt.replace(/\d(?=\D*$)/, (digit) => `${(Number(digit) + 7) % 10}`)
    const earlier = { ...nothingEarlier, receipt: deleted, isOlder: true } as const
    expect(await channel.send(context, { ...fired, occasion: 'resolved' }, earlier)).toMatchObject({ delivered: true })
    expect(stage.told()).toHaveLength(1)
  })

  it('says for good that the other side is gone', async () => {
    if (!stage.remove) return
    stage.remove()
    const outcome = failed(await send())
    expect(outcome).toMatchObject({ next: 'gone', failure: { kind: 'channel-gone' } })
    expect(outcome.failure.message).toMatch(/edit the channel|new one/)
  })

  it('does not repeat what was refused for good', async () => {
    expect(await meet({ kind: 'refuse' })).toMatchObject({ next: 'give-up', failure: { kind: 'channel-rejected' } })
  })

  it.each([
    ...(namesWaits
      ? ([
          [2_500, 2_500],
          [90_000, 90_000],
        ] as const)
      : []),
    [null, 1_000] as const,
  ])('waits as long as it is asked to: %s ms', async (waitMs, leastMs) => {
    const { next, failure } = await meet({ kind: 'limit', waitMs })
    expect({ next, kind: failure.kind }).toEqual({ next: 'retry', kind: 'rate-limited' })
    // Some name whole seconds only.
    expect(failure.retryAtMs).toBeGreaterThanOrEqual(now + leastMs)
    expect(failure.retryAtMs).toBeLessThanOrEqual(now + Math.max(leastMs + 1_000, 60_000 * Number(waitMs === null)))
  })

  it('tries again after a fault of the other side', async () => {
    expect(await meet({ kind: 'fault' })).toMatchObject({ next: 'retry', failure: { kind: 'provider-down' } })
    expect(await send()).toMatchObject({ delivered: true })
  })

  it('tries again when there is no answer in time', async () => {
    const real = AbortSignal.timeout.bind(AbortSignal)
    const limits: number[] = []
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      limits.push(ms)
      return real(Math.ceil(ms / 300))
    })
    expect(await meet({ kind: 'hang' })).toMatchObject({ next: 'retry', failure: { kind: 'timeout' } })
    expect(limits.every((ms) => ms <= 30_000)).toBe(true)
  })

  it('tries again when the connection breaks off', async () => {
    expect(await meet({ kind: 'reset' })).toMatchObject({ next: 'retry', failure: { kind: 'truncated' } })
  })

  it('tries again when the name cannot be resolved, or nobody listens', async () => {
    const before = context
    context = { ...context, ...nowhere(stageOf) }
    expect(failed(await send())).toMatchObject({ next: 'retry', failure: { kind: 'offline' } })
    await stage.stop()
    context = before
    expect(failed(await send())).toMatchObject({ next: 'retry', failure: { kind: 'offline' } })
  })

  it.runIf(answersInForm).each(['<html>Please log in</html>', '{"id": "123'])(
    'takes garbage for no receipt: %s',
    async (text) => {
      expect(await meet({ kind: 'garbage', text })).toMatchObject({
        next: 'retry',
        failure: { kind: 'unexpected-response' },
      })
    },
  )

  it('never lets its secret into a failure', async () => {
    const { secret } = stage
    const failures = []
    for (const trouble of [
      { kind: 'refuse', saying: secret },
      { kind: 'limit', waitMs: null },
      { kind: 'fault' },
      { kind: 'reset' },
      ...(answersInForm ? [{ kind: 'garbage', text: `<a href="${secret}">` } as const] : []),
    ] as const)
      failures.push((await meet(trouble)).failure)
    context = { ...context, ...nowhere(stageOf) }
    failures.push(failed(await send()).failure)
    for (const part of stage.private) expect(JSON.stringify(failures)).not.toContain(part)
  })

  it('refuses a secret of the wrong shape in words that do not repeat it', () => {
    const refuse = (secret: string) =>
      channel.refuse({ secret, baseUrl: stage.baseUrl ?? null, options: stage.options ?? {} })
    for (const secret of wrongSecrets) {
      const said = refuse(secret)
      expect(said).not.toBeNull()
      expect(said).not.toContain(secret)
    }
    expect(refuse(stage.secret)).toBeNull()
  })

  it.each(hostileNames)('delivers whatever a provider calls things (%#)', async (name) => {
    expect(await send({ ...fired, alerts: [hostile(name)] })).toMatchObject({ delivered: true })
    expect(JSON.stringify(stage.told())).toContain('120.50')
  })

  it('tells of a thousand alerts in one message', async () => {
    expect(await send(grouped)).toMatchObject({ delivered: true })
    expect(stage.told()).toHaveLength(tellsEach ? grouped.alerts.length : 1)
    expect(JSON.stringify(stage.told())).toContain('1000 alerts')
  })

  it('says of a digest that it was held back', async () => {
    expect(await send({ ...grouped, isDigest: true })).toMatchObject({ delivered: true })
    expect(JSON.stringify(stage.told())).toContain('While it was quiet')
  })
})

/** Where nobody is: a name that does not exist. */
function nowhere(stageOf: StageOf): Pick<ChannelContext, 'baseUrl'> & Partial<ChannelContext> {
  return stageOf.nowhere ?? { baseUrl: 'https://nowhere.invalid' }
}

describe.each(localKinds)('the %s channel', (kind) => {
  const channel = channels[kind]
  const context = (desktop: ChannelContext['system']['desktop']): ChannelContext => ({
    secret: null,
    baseUrl: null,
    options: {},
    system: { ...system, desktop },
  })

  it('is there only where the host has a desktop, and says so otherwise', async () => {
    expect(channel.available({ desktop: null })).toBe(false)
    expect(channel.available(system)).toBe(true)
    expect(failed(await channel.send(context(null), fired, nothingEarlier))).toMatchObject({ next: 'give-up' })
  })

  it('tells what fires, with the alert it is about', async () => {
    const notes: unknown[] = []
    const take = async (note: unknown) => void notes.push(note)
    expect(await channel.send(context({ notify: take, signal: take }), fired, nothingEarlier)).toEqual({
      delivered: true,
      receipt: null,
    })
    expect(notes).toEqual([expect.objectContaining({ alertIds: [alert.id], urgent: true })])
  })

  it('has nothing to say as the alert grows or is acknowledged', () => {
    expect(channel.skips).toEqual(expect.arrayContaining(['grew', 'acknowledged']))
  })

  it('tries again when the system does not take it', async () => {
    const refuse = () => Promise.reject(new Error('no notification service answers'))
    expect(
      failed(await channel.send(context({ notify: refuse, signal: refuse }), fired, nothingEarlier)),
    ).toMatchObject({
      next: 'retry',
      failure: { kind: 'channel-rejected' },
    })
  })

  it.each(hostileNames)('keeps its text short whatever a provider calls things (%#)', (name) => {
    const note = channel.render({ ...fired, alerts: [hostile(name)] }) as { title: string; body: string }
    expect(note.title.length).toBeLessThanOrEqual(120)
    expect(note.body.length).toBeLessThanOrEqual(240)
    expect((note.title + note.body).isWellFormed()).toBe(true)
  })
})
