import { describe, expect, it } from 'vitest'
import { channelFactsText } from '../../../../renderer/components/channel-words.ts'
import { storyChannels } from '../../../fakes/guard-story.ts'
import type { Channel } from '../../../../shared/channels.ts'

const nowMs = Date.UTC(2026, 10, 25, 12)
const [desktop] = storyChannels(nowMs) as [Channel]
const words = (over: Partial<Channel>) => channelFactsText({ ...desktop, ...over }, nowMs, 'en-US').join(' · ')

describe('what there is to know of a channel', () => {
  it('is what it is and how it did last', () => {
    expect(words({})).toBe('A notification on this computer · Last delivery 40 min ago')
    expect(words({ lastDeliveredAt: null })).toContain('Nothing delivered yet')
  })

  it('is whom it reaches, and its cap and cost where it has them', () => {
    const costOfMonth = [
      { amount: '0.41', currency: 'USD' },
      { amount: '1.2', currency: 'EUR' },
    ]
    expect(words({ person: 'Anna', sentToday: 3, dailyCap: 10, costOfMonth })).toContain(
      'Reaches Anna · Last delivery 40 min ago · 3 of 10 messages today · $0.41 + €1.20 this month',
    )
  })

  it('counts no messages where there is no cap', () => {
    expect(words({ sentToday: 3 })).not.toContain('messages')
  })

  it('is when it was last tested, where it tests itself', () => {
    const lastTestedAt = new Date(nowMs - 3 * 86_400_000).toISOString()
    expect(words({ selfTest: true, lastTestedAt })).toContain('Tested 3 days ago')
    expect(words({ selfTest: false, lastTestedAt })).not.toContain('Tested')
  })
})
