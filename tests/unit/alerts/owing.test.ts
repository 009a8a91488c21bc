import { describe, expect, it } from 'vitest'
import { whoIsOwed } from '../../../electron/alerts/owing.ts'
import { minuteMs } from '../../../shared/time.ts'

type Look = Parameters<typeof whoIsOwed>[0]
const owedRow = (channelId: string, change: Partial<Look['owed'][number]> = {}): Look['owed'][number] => ({
  channelId,
  state: 'delivered',
  owedAtMs: 0,
  held: null,
  ...change,
})
const look = (change: Partial<Look> = {}) =>
  whoIsOwed({
    ladder: {
      rungs: [
        { channelId: 'discord', afterMs: 0 },
        { channelId: 'sms', afterMs: 15 * minuteMs },
        { channelId: 'boss', afterMs: 60 * minuteMs },
      ],
      backups: ['mail'],
    },
    owed: [],
    reachable: new Set(['discord', 'sms', 'boss', 'mail']),
    gone: new Set(),
    firedAtMs: 0,
    nowMs: 0,
    fallbackMs: 5 * minuteMs,
    ...change,
  })
const who = (change: Partial<Look>) => look(change).owe.map(({ channelId, because }) => `${channelId}: ${because}`)

describe('who is owed an alert', () => {
  it('is whoever comes first, and the next one when time has passed without an acknowledgement', () => {
    expect(look()).toEqual({ owe: [{ channelId: 'discord', because: 'route' }], nextAtMs: 5 * minuteMs })
    const owed = [owedRow('discord')]
    expect(who({ owed, nowMs: 15 * minuteMs - 1 })).toEqual([])
    expect(who({ owed, nowMs: 15 * minuteMs })).toEqual(['sms: escalation'])
    expect(who({ owed: [...owed, owedRow('sms')], nowMs: 60 * minuteMs })).toEqual(['boss: escalation'])
  })

  it('is everybody whose time passed while the guard was off', () => {
    expect(who({ nowMs: 61 * minuteMs })).toEqual(['discord: route', 'sms: escalation', 'boss: escalation'])
  })

  it('is nobody twice, and nothing is looked at again when all were told', () => {
    const owed = ['discord', 'sms', 'boss'].map((id) => owedRow(id))
    expect(look({ owed, nowMs: 61 * minuteMs })).toEqual({ owe: [], nextAtMs: Infinity })
  })

  it('is the backup when a channel has not delivered in time, and not before', () => {
    const owed = [owedRow('discord', { state: 'pending' })]
    expect(look({ owed, nowMs: minuteMs })).toEqual({ owe: [], nextAtMs: 5 * minuteMs })
    expect(who({ owed, nowMs: 5 * minuteMs })).toEqual(['mail: fallback'])
  })

  it('counts a message that was accepted and never confirmed as not delivered', () => {
    expect(who({ owed: [owedRow('discord', { state: 'accepted' })], nowMs: 5 * minuteMs })).toEqual(['mail: fallback'])
  })

  it('is the backup at once when a channel refuses for good, or is gone', () => {
    expect(who({ owed: [owedRow('discord', { state: 'failed' })] })).toEqual(['mail: fallback'])
    const rest = new Set(['sms', 'boss', 'mail'])
    expect(who({ reachable: rest, gone: new Set(['discord']) })).toEqual(['mail: fallback'])
  })

  it('goes on to the next one when the backup does not get through either', () => {
    const owed = [owedRow('discord', { state: 'failed' }), owedRow('mail', { state: 'failed' })]
    expect(who({ owed })).toEqual(['sms: fallback'])
    expect(who({ owed: [...owed, owedRow('sms', { state: 'failed' })] })).toEqual(['boss: fallback'])
    expect(who({ owed: [...owed, owedRow('sms', { state: 'pending' })], nowMs: minuteMs })).toEqual([])
  })

  it('does not take what is held back on purpose for a channel that fails', () => {
    const owed = [owedRow('discord', { state: 'pending', held: 'quiet' })]
    expect(look({ owed, nowMs: 10 * minuteMs })).toEqual({ owe: [], nextAtMs: 15 * minuteMs })
  })

  it('passes over channels that this computer does not have', () => {
    const here = { reachable: new Set(['sms']), gone: new Set<string>() }
    expect(look(here)).toEqual({ owe: [], nextAtMs: 15 * minuteMs })
    expect(who({ ...here, nowMs: 15 * minuteMs })).toEqual(['sms: escalation'])
  })
})
