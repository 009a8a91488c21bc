import { beforeEach, describe, expect, it } from 'vitest'
import { createGuardPause } from '../../../electron/polling/guard-pause.ts'
import { createSettings } from '../../../electron/settings/settings.ts'
import { dayMs, hourMs } from '../../../shared/time.ts'
import { createFakeClock } from '../../fakes/clock.ts'

describe('a pause of the guard', () => {
  const startMs = Date.UTC(2026, 10, 18, 15)
  let clock: ReturnType<typeof createFakeClock>
  let file: Map<string, unknown>
  let changes: boolean[]

  beforeEach(() => {
    clock = createFakeClock(startMs)
    file = new Map()
    changes = []
  })
  function open() {
    const settings = createSettings({ get: (key) => file.get(key), set: (key, value) => void file.set(key, value) })
    const pause = createGuardPause({ clock, settings, onChange: () => void changes.push(pause.isOn()) })
    pause.start()
    return pause
  }

  it('ends by itself, and says so', () => {
    const pause = open()
    pause.pause(startMs + hourMs)
    expect(pause.state()).toEqual({ since: '2026-11-18T15:00:00.000Z', until: '2026-11-18T16:00:00.000Z' })
    clock.advance(hourMs)
    expect(pause.isOn()).toBe(false)
    expect(changes).toEqual([true, false])
  })

  it('outlasts a restart, and ends in time although nobody was there', () => {
    open().pause(startMs + hourMs)
    expect(open().isOn()).toBe(true)
    clock.leap(2 * hourMs)
    expect(open().isOn()).toBe(false)
  })

  it('without an end is asked after every day, until it is resumed', () => {
    const pause = open()
    pause.pause(null)
    clock.advance(2 * dayMs)
    expect(changes).toEqual([true, true, true])
    pause.resume()
    clock.advance(2 * dayMs)
    expect(changes).toEqual([true, true, true, false])
  })

  it('keeps its beginning when it is made longer', () => {
    const pause = open()
    pause.pause(startMs + hourMs)
    clock.advance(hourMs / 2)
    pause.pause(null)
    expect(pause.state()).toEqual({ since: '2026-11-18T15:00:00.000Z', until: null })
  })

  it('does not become longer by a clock that is set back', () => {
    open().pause(startMs + hourMs)
    clock.leap(-dayMs)
    expect(open().isOn()).toBe(false)
  })

  it('is none when somebody broke the file', () => {
    file.set('pause', { since: 'yesterday' })
    expect(open().state()).toBe(null)
  })
})
