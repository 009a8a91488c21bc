import { describe, expect, it } from 'vitest'
import { newcomerAmong, type NamedSpend, type UsageHistory } from '../../../electron/detection/newcomers.ts'
import { dayMs } from '../../../shared/time.ts'

const nowMs = Date.parse('2026-11-23T10:00:00Z')
const history = (seen: Record<string, number>, knownDays: number | null = 30): UsageHistory => ({
  knownFromMs: knownDays === null ? null : nowMs - knownDays * dayMs,
  lastSeenMs: (dimension, name) => seen[`${dimension} ${name}`] ?? null,
})
const spent = (name: string, nanos: bigint): NamedSpend => ({ dimension: 'key', id: name, name, nanos })

describe('a newcomer', () => {
  it('is the dearest name that never spent, or was silent for two weeks', () => {
    const seen = { 'key old': nowMs - dayMs, 'key asleep': nowMs - 14 * dayMs, 'key napping': nowMs - 14 * dayMs + 1 }
    const among = (...names: NamedSpend[]) => newcomerAmong(names, history(seen), nowMs)
    expect(among(spent('old', 9n))).toBeNull()
    expect(among(spent('napping', 9n))).toBeNull()
    expect(among(spent('asleep', 9n))).toMatchObject({ name: 'asleep', silentMs: 14 * dayMs })
    expect(among(spent('old', 9n), spent('new', 4n), spent('asleep', 3n))).toMatchObject({
      name: 'new',
      silentMs: null,
    })
  })
  it('does not exist before three days are known', () => {
    expect(newcomerAmong([spent('new', 4n)], history({}, 3), nowMs)).toMatchObject({ name: 'new' })
    expect(newcomerAmong([spent('new', 4n)], history({}, 2.9), nowMs)).toBeNull()
    expect(newcomerAmong([spent('new', 4n)], history({}, null), nowMs)).toBeNull()
  })
})
