import { describe, expect, it } from 'vitest'
import { groupMs, storm, waitsUntil, type SentMessage } from '../../../electron/alerts/grouping.ts'

const now = 1_000_000_000
const ago = (ms: number, severity: SentMessage['severity'] = 'warning'): SentMessage => ({ atMs: now - ms, severity })

describe('a message about something that starts', () => {
  it('goes at once when nothing was told just now', () => {
    expect(waitsUntil([], 'info', now)).toBeNull()
    expect(waitsUntil([ago(groupMs)], 'warning', now)).toBeNull()
  })

  it('waits for others when something was', () => {
    expect(waitsUntil([ago(groupMs - 1)], 'warning', now)).toBe(now + 1)
    expect(waitsUntil([ago(20_000), ago(5_000)], 'info', now)).toBe(now + groupMs - 5_000)
  })

  it('does not wait when it is graver than all that was', () => {
    expect(waitsUntil([ago(1_000)], 'critical', now)).toBeNull()
    expect(waitsUntil([ago(1_000), ago(2_000, 'critical')], 'critical', now)).not.toBeNull()
  })

  it('waits longer in a storm, until it has passed', () => {
    const messages = (count: number, stepMs: number) =>
      Array.from({ length: count }, (_, nth) => ago(60_000 + nth * stepMs))
    expect(waitsUntil(messages(storm.messages - 1, 60_000), 'warning', now)).toBeNull()
    expect(waitsUntil(messages(storm.messages, 60_000), 'warning', now)).toBe(now - 60_000 + storm.groupMs)
    const over = messages(storm.messages, 60_000).map(({ atMs, severity }) => ({
      atMs: atMs - storm.withinMs,
      severity,
    }))
    expect(waitsUntil(over, 'warning', now)).toBeNull()
  })
})
