import { describe, expect, it } from 'vitest'
import { marksOf } from '../../../../renderer/charts/marks.ts'
import type { Alert } from '../../../../shared/alerts.ts'

const alert = (id: string, openedAt: string, change: Partial<Alert> = {}) =>
  ({ id, openedAt, severity: 'warning', scope: 'all', contributors: [], ...change }) as Alert

const days = { steps: ['2026-11-18', '2026-11-19'], zone: 'America/Los_Angeles', scopes: [] }

describe('the alerts on a chart', () => {
  it('stand at the day on which they opened, as the zone has it, gravest first', () => {
    const marks = marksOf(
      [
        alert('a', '2026-11-19T05:00:00.000Z'),
        alert('b', '2026-11-18T20:00:00.000Z', { severity: 'critical' }),
        alert('c', '2026-11-25T00:00:00.000Z'),
      ],
      days,
      'day',
    )
    expect(marks.map(({ index, alerts }) => [index, alerts.map(({ id }) => id)])).toEqual([[0, ['b', 'a']]])
  })

  it('stand at their hour', () => {
    const hours = { ...days, steps: ['2026-11-18T20:00:00.000Z', '2026-11-18T21:00:00.000Z'] }
    expect(marksOf([alert('a', '2026-11-18T21:59:59.000Z')], hours, 'hour').map(({ index }) => index)).toEqual([1])
  })

  it('stand at the half hour a day of India begins with', () => {
    const steps = ['2026-11-17T18:30:00.000Z', '2026-11-17T19:00:00.000Z']
    const index = (openedAt: string) =>
      marksOf([alert('a', openedAt)], { steps, zone: 'Asia/Kolkata', scopes: [] }, 'hour')[0]?.index
    expect(index('2026-11-17T18:59:00.000Z')).toBe(0)
    expect(index('2026-11-17T19:00:00.000Z')).toBe(1)
    expect(index('2026-11-17T18:10:00.000Z')).toBeUndefined()
    expect(index('2026-11-17T20:00:00.000Z')).toBeUndefined()
  })

  it('are those about what is shown: by their scope, or by where their money went', () => {
    const web = { ...days, scopes: [{ scope: 'project:proj_1', label: 'Web' }] }
    const at = '2026-11-18T20:00:00.000Z'
    const marks = marksOf(
      [
        alert('everything', at),
        alert('scope', at, { scope: 'project:Web' }),
        alert('money', at, { contributors: [{ dimension: 'project', name: 'Web', amount: '1' }] }),
        alert('other', at, { contributors: [{ dimension: 'key', name: 'Web', amount: '1' }] }),
      ],
      web,
      'day',
    )
    expect(marks.flatMap(({ alerts }) => alerts.map(({ id }) => id))).toEqual(['scope', 'money'])
  })
})
