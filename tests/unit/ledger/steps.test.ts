import { describe, expect, it } from 'vitest'
import { stepsOf } from '../../../electron/ledger/steps.ts'
import type { StepWidth } from '../../../shared/spend.ts'
import { addDays, startOfLocalDay } from '../../../shared/time.ts'

function stepsOfDay(day: string, zone: string, step: StepWidth = 'hour') {
  const range = { fromMs: startOfLocalDay(day, zone), toMs: startOfLocalDay(addDays(day, 1), zone), zone }
  return [...stepsOf(range, step)]
}

describe('the hours of a day', () => {
  it('are 23 or 25 on the days the clocks change', () => {
    expect(stepsOfDay('2026-03-08', 'America/Los_Angeles')).toHaveLength(23)
    expect(stepsOfDay('2026-11-01', 'America/Los_Angeles')).toHaveLength(25)
  })

  it('begin with the day also where that is within an hour, so that none is called one of the day before', () => {
    const hours = stepsOfDay('2026-11-18', 'Asia/Kolkata')
    expect(hours.map(({ key }) => key).slice(0, 2)).toEqual(['2026-11-17T18:30:00.000Z', '2026-11-17T19:00:00.000Z'])
    expect(hours.at(-1)?.toMs).toBe(Date.parse('2026-11-18T18:30:00Z'))
    expect(hours.every(({ key, fromMs }) => Date.parse(key) === fromMs)).toBe(true)
  })
})
