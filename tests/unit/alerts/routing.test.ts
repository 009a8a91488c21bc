import { describe, expect, it } from 'vitest'
import { ladderOf, type Routed } from '../../../electron/alerts/routing.ts'
import { plainRouting, type Routing } from '../../../shared/routing.ts'
import { minuteMs } from '../../../shared/time.ts'

const channels = [
  { id: 'discord', isCostly: false },
  { id: 'sms', isCostly: true },
]
const evening = Date.UTC(2026, 10, 18, 20)
const alert = (change: Partial<Routed> = {}): Routed => ({
  severity: 'critical',
  places: new Set(['all', 'account:a', 'workspace:acme']),
  firedAtMs: evening,
  ...change,
})
const ladder = (routing: Partial<Routing>, of: Routed = alert()) =>
  ladderOf({ ...plainRouting, ...routing }, of, channels, 'UTC')

describe('the ladder of an alert', () => {
  it('has every channel at once where nobody said otherwise', () => {
    expect(ladder({})).toEqual({
      rungs: [
        { channelId: 'discord', afterMs: 0 },
        { channelId: 'sms', afterMs: 0 },
      ],
      backups: [],
    })
  })

  it('spends no money on what is only worth knowing', () => {
    expect(ladder({}, alert({ severity: 'info' })).rungs.map(({ channelId }) => channelId)).toEqual(['discord'])
    expect(ladder({}, alert({ severity: 'warning' })).rungs).toHaveLength(2)
    expect(ladder({ matrix: { sms: { info: 0 } } }, alert({ severity: 'info' })).rungs).toHaveLength(2)
  })

  it('is in the order of the minutes, by severity', () => {
    const matrix: Routing['matrix'] = { discord: { critical: 5, warning: 'never' }, sms: { warning: 'backup' } }
    expect(ladder({ matrix }).rungs).toEqual([
      { channelId: 'sms', afterMs: 0 },
      { channelId: 'discord', afterMs: 5 * minuteMs },
    ])
    expect(ladder({ matrix }, alert({ severity: 'warning' }))).toEqual({ rungs: [], backups: ['sms'] })
  })

  const forAcme = {
    id: 'x',
    scope: 'workspace:acme',
    hours: null,
    matrix: { discord: { critical: 'never' as const } },
  }

  it('is different where an exception says so, and as ever in what it leaves out', () => {
    const routing = { matrix: { sms: { critical: 15 } }, exceptions: [forAcme] }
    expect(ladder(routing).rungs).toEqual([{ channelId: 'sms', afterMs: 15 * minuteMs }])
    expect(ladder(routing, alert({ places: new Set(['all', 'workspace:other']) })).rungs).toHaveLength(2)
  })

  it('follows the first exception that matches', () => {
    const second = { ...forAcme, id: 'y', scope: 'all', matrix: { discord: { critical: 1 } } }
    expect(ladder({ exceptions: [forAcme, second] }).rungs.map(({ channelId }) => channelId)).toEqual(['sms'])
    expect(ladder({ exceptions: [second, forAcme] }).rungs.map(({ channelId }) => channelId)).toEqual([
      'sms',
      'discord',
    ])
  })

  it('keeps an exception to its hours, by when the alert fired', () => {
    const atNight = { ...forAcme, hours: { days: ['wed' as const], from: '19:00', to: '06:00' } }
    expect(ladder({ exceptions: [atNight] }).rungs).toHaveLength(1)
    expect(ladder({ exceptions: [atNight] }, alert({ firedAtMs: evening - 2 * 60 * minuteMs })).rungs).toHaveLength(2)
  })
})
