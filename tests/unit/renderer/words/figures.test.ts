import { describe, expect, it } from 'vitest'
import { changeText, limitShareText, shareOfLimit } from '../../../../renderer/words/figures.ts'

describe('the share of a limit', () => {
  it('is unknown when the spend is', () => {
    expect(shareOfLimit(null, '10')).toBeNull()
    expect(shareOfLimit('15', '10')).toBe(1.5)
  })
})

describe('a share of a limit', () => {
  it('is rounded down, so that a hundred per cent is never told early', () => {
    expect([0.999, 1, 0.29, 4.07, 2.0375].map((share) => limitShareText(share, 'en-US'))).toEqual([
      '99%',
      '100%',
      '29%',
      '407%',
      '203%',
    ])
  })
})

describe('a comparison', () => {
  it('says how much more or less, in whole per cent', () => {
    expect(changeText('112', '100', 'the day before', 'en-US')).toBe('12% more than the day before')
    expect(changeText('80', '100', 'the day before', 'en-US')).toBe('20% less than the day before')
    expect(changeText('100.1', '100', 'the day before', 'en-US')).toBe('the same as the day before')
  })

  it('is silent without something to compare with', () => {
    expect(changeText('5', null, 'before')).toBe('')
    expect(changeText('5', '0', 'before')).toBe('')
    expect(changeText(null, '5', 'before')).toBe('')
  })
})
