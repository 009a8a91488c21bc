import { describe, expect, it } from 'vitest'
import { axisMoney, stackConfig, unknownRuns } from '../../../../renderer/charts/stack.ts'

const palette = {
  series: ['#111111', '#222222'],
  other: '#999999',
  grid: '#eeeeee',
  text: '#333333',
  surface: '#ffffff',
  strongLine: '#888888',
  planned: '#0000ff',
  limit: '#ff0000',
  font: 'sans-serif',
}

function config() {
  return stackConfig({
    bands: [{ key: 'openai', label: 'OpenAI', amounts: ['1.5', '0', '2', '3'], total: '6.5' }],
    steps: ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'],
    planes: ['billed', null, 'mixed', 'estimate'],
    zone: 'UTC',
    currency: 'USD',
    palette,
    hatch: (color) => `stripes of ${color}`,
    locale: 'en-US',
  })
}

describe('the stacked chart', () => {
  it('draws billed days solid and every day with an estimate in stripes', () => {
    expect(config().data.datasets[0]?.backgroundColor).toEqual([
      '#111111',
      'stripes of #111111',
      'stripes of #111111',
      'stripes of #111111',
    ])
  })

  it('leaves an unknown day out, also where the series says 0', () => {
    expect(config().data.datasets[0]?.data).toEqual([1.5, null, 2, 3])
  })

  it('names days as calendar days, whatever zone the computer is in', () => {
    expect(config().data.labels).toEqual(['Nov 20', 'Nov 21', 'Nov 22', 'Nov 23'])
  })

  it('names credits beside what they are taken from, so that the sum below is that of the table', () => {
    const filter = config().options?.plugins?.tooltip?.filter as (item: { raw: unknown }) => boolean
    expect([5, -2, 0, null].filter((raw) => filter({ raw }))).toEqual([5, -2])
  })

  it('marks neighbouring unknown days as one', () => {
    expect(unknownRuns([null, null, 'billed', null, 'estimate', null])).toEqual([
      { first: 0, last: 1 },
      { first: 3, last: 3 },
      { first: 5, last: 5 },
    ])
  })

  it('labels its axis in few characters', () => {
    expect([0, 0.02, 12.5, 400, 12_000].map((value) => axisMoney(value, 'USD', 'en-US'))).toEqual([
      '$0',
      '$0.02',
      '$12.5',
      '$400',
      '$12K',
    ])
  })

  it('gives each line of its axis its own number, of fractions of a cent and of millions', () => {
    const axis = (...values: number[]) => values.map((value) => axisMoney(value, 'USD', 'en-US'))
    expect(axis(0.0002, 0.0004, 0.000001)).toEqual(['$0.0002', '$0.0004', '$0.000001'])
    expect(axis(10_000, 12_500, 1_200_000, 1_400_000)).toEqual(['$10K', '$12.5K', '$1.2M', '$1.4M'])
    expect(axis(-12_500)).toEqual(['-$12.5K'])
  })
})
