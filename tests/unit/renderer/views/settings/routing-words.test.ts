import { describe, expect, it } from 'vitest'
import { quietText } from '../../../../../renderer/views/settings/people-words.ts'
import { exceptionTitle, hoursWords, stepsOf } from '../../../../../renderer/views/settings/routing-words.ts'
import { weekdays } from '../../../../../shared/hours.ts'
import type { Hearing } from '../../../../../shared/routing.ts'
import { iso, minuteMs } from '../../../../../shared/time.ts'
import { listInWords } from '../../../../../shared/words.ts'

const firedAtMs = Date.UTC(2026, 10, 25, 23)
const hearing = (over: Partial<Hearing>): Hearing => ({
  channelId: 'x',
  channel: 'Chat',
  person: null,
  at: iso(firedAtMs),
  cell: 0,
  isHeld: false,
  isAbsent: false,
  ...over,
})
const steps = (...hearings: Hearing[]) => stepsOf(hearings, firedAtMs, 'UTC', 5)

describe('who would hear an alert, in words', () => {
  it('is a list by time: at once, later if nobody acknowledges, as backup, never, and who cannot', () => {
    const told = steps(
      hearing({ channel: 'Old', isAbsent: true }),
      hearing({ channel: 'Tray', cell: 'never', at: null }),
      hearing({ channel: 'Mail', cell: 'backup', at: null }),
      hearing({ channel: 'Phone', cell: 15, at: iso(firedAtMs + 15 * minuteMs) }),
      hearing({ channel: 'Chat' }),
    )
    expect(told.map(({ when, why, channels }) => [when, why, ...channels])).toEqual([
      ['At once', null, 'Chat'],
      ['After 15 min', 'if nobody acknowledges', 'Phone'],
      ['Only as backup', 'when another does not get through within 5 minutes', 'Mail'],
      ['Never', null, 'Tray'],
      ['Cannot be told now', 'removed at the other side, or not on this computer', 'Old'],
    ])
  })

  it('names together who is told together', () => {
    expect(steps(hearing({}), hearing({ channel: 'Tray' }))).toEqual([
      { when: 'At once', why: null, channels: ['Chat', 'Tray'] },
    ])
  })

  it('says whose quiet hours hold a message and until when, with the day where it is another', () => {
    const held = hearing({ person: 'Anna', isHeld: true, at: '2026-11-26T07:00:00.000Z' })
    const [step] = steps(held)
    expect(step?.when).toMatch(/^At Nov 26, 7:00/)
    expect(step?.why).toBe('held by Anna’s quiet hours')
    expect(step?.channels).toEqual(['Chat (Anna)'])
    expect(steps({ ...held, cell: 30 })[0]?.why).toBe('held by Anna’s quiet hours, if nobody acknowledges')
    expect(steps({ ...held, at: '2026-11-25T23:30:00.000Z' })[0]?.when).toMatch(/^At 11:30/)
  })

  it('does not say twice whom a channel reaches', () => {
    expect(steps(hearing({ channel: 'Anna’s phone', person: 'Anna' }))[0]?.channels).toEqual(['Anna’s phone'])
  })
})

describe('an exception', () => {
  it('is named by its scope and hours', () => {
    const accounts = [{ id: 'acc-1', label: 'Production' }]
    const hours = { days: weekdays.slice(0, 5), from: '09:00', to: '18:00' }
    expect(exceptionTitle({ scope: 'workspace:acme', hours }, accounts)).toBe('Workspace acme, Mon–Fri 09:00–18:00')
    expect(exceptionTitle({ scope: 'account:acc-1', hours: null }, accounts)).toBe('Production')
    expect(exceptionTitle({ scope: 'all', hours }, accounts)).toBe('All alerts, Mon–Fri 09:00–18:00')
  })

  it('says days that are not in a row one by one', () => {
    expect(hoursWords({ days: ['sat', 'sun'], from: '22:00', to: '07:00' })).toBe('Sat, Sun 22:00–07:00')
  })
})

describe('people', () => {
  it('have quiet hours in one line, or none', () => {
    const quiet = { days: [...weekdays], from: '22:00', to: '07:00' }
    expect(quietText({ name: 'Anna', quiet, passes: 'warning', zone: 'Europe/Lisbon' })).toBe(
      'Quiet 22:00–07:00, but for warnings and critical alerts · Europe/Lisbon',
    )
    expect(quietText({ name: 'Ben', quiet: null, passes: 'critical', zone: null })).toBe('No quiet hours')
  })

  it('are listed as one says it', () => {
    expect([[], ['A'], ['A', 'B'], ['A', 'B', 'C']].map(listInWords)).toEqual(['', 'A', 'A and B', 'A, B and C'])
  })
})
