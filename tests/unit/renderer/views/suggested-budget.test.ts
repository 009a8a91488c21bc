import { describe, expect, it } from 'vitest'
import { suggestedDailyLimit } from '../../../../renderer/views/onboarding/suggested-budget.ts'

describe('the suggested first budget', () => {
  it('is about twice a usual day, as a figure people would choose', () => {
    expect(suggestedDailyLimit('3000', 30)).toBe('200')
    expect(suggestedDailyLimit('1843.2', 30)).toBe('150')
    expect(suggestedDailyLimit('23500', 30)).toBe('2000')
  })

  it('is never so low that the first call would break it', () => {
    expect(suggestedDailyLimit('0.4', 30)).toBe('10')
  })

  it('is not guessed without history', () => {
    expect(suggestedDailyLimit(null, 30)).toBeNull()
    expect(suggestedDailyLimit('0', 30)).toBeNull()
  })
})
