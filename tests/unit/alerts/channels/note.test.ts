import { describe, expect, it } from 'vitest'
import { messageAbout } from '../../../../electron/alerts/channels/channel.ts'
import { headline } from '../../../../electron/alerts/channels/note.ts'
import { alert } from '../../../contract/channel-stages/messages.ts'

const what = 'project web: budget threshold crossed'

describe('the title of a message', () => {
  it.each([
    ['fired', 'firing', what],
    ['grew', 'firing', `Growing: ${what}`],
    ['acknowledged', 'acknowledged', `Acknowledged: ${what}`],
    ['acknowledged', 'snoozed', `Snoozed: ${what}`],
    ['resolved', 'resolved', `Resolved: ${what}`],
  ] as const)('says what is new, where each is a message of its own (%s, %s)', (occasion, state, title) => {
    expect(headline(messageAbout({ ...alert, state }, occasion))).toBe(title)
  })
})
