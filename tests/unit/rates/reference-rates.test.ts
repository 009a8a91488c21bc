import { describe, expect, it } from 'vitest'
import { bundledDay, bundledRates } from '../../../electron/rates/bundled.ts'
import { parseReferenceRates } from '../../../electron/rates/reference-rates.ts'
import { daily, ecbAnswers } from '../../emulators/ecb.ts'

const nowMs = Date.parse('2026-11-24T16:00:00Z')
const usd = { currency: 'USD', perEuro: '1.1269' }
const read = (xml: string) => parseReferenceRates(xml, nowMs)

describe("the ECB's files", () => {
  it('are read as published, from single quotes and double ones alike', () => {
    const answer = ecbAnswers(bundledRates, () => nowMs)
    const file = (name: string) =>
      answer({ method: 'GET', url: new URL(`https://x/stats/eurofxref/${name}`), headers: {}, body: '' }).text ?? ''
    const day = read(file('eurofxref-daily.xml'))
    const quarter = read(file('eurofxref-hist-90d.xml'))
    expect(day.ok && day.value).toEqual(bundledRates)
    expect(quarter.ok && quarter.value.map(({ currency }) => currency)).toEqual(
      bundledRates.map(({ currency }) => currency),
    )
    expect(quarter.ok && quarter.value.find(({ currency }) => currency === 'GBP')?.perEuro).toBe('0.8488')
  })
  it('may hold what we do not know: other attributes, other codes, the euro itself', () => {
    const xml = daily(bundledDay, [usd, { currency: 'EUR', perEuro: '1' }, { currency: 'XX', perEuro: '3' }])
    const answer = read(xml.replace('<Cube currency', "<Cube new='x' currency"))
    expect(answer.ok && answer.value).toEqual([{ ...usd, day: bundledDay }])
  })
  it.each([
    ['a file that breaks off', daily(bundledDay, [usd]).slice(0, -12)],
    ['a web page', '<html><body>Maintenance</body></html>'],
    ['nothing', ''],
    ['no rate', daily(bundledDay, [])],
    ['no day', daily(bundledDay, [usd]).replace(/<Cube time='[^']+'>/, '<Cube>')],
    ['a day that is none', daily('2026-02-30', [usd])],
    ['a day to come', daily('2026-11-27', [usd])],
    ['a rate of zero', daily(bundledDay, [usd, { currency: 'GBP', perEuro: '0' }])],
    ['a rate that is no number', daily(bundledDay, [usd, { currency: 'GBP', perEuro: 'N/A' }])],
    ['a rate in digits without end', daily(bundledDay, [usd, { currency: 'GBP', perEuro: '1'.repeat(40) }])],
    ['a negative rate', daily(bundledDay, [usd, { currency: 'GBP', perEuro: '-0.8' }])],
  ])('are refused as a whole with %s', (_what, xml) => {
    const answer = read(xml)
    expect(!answer.ok && answer.failure.kind).toBe('unexpected-response')
  })
})
