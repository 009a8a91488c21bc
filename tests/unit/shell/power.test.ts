import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { followSystem } from '../../../electron/shell/power.ts'
import { app, net, powerMonitor } from '../../fakes/electron.ts'

describe('the system tells the guard', () => {
  const heard: string[] = []
  let stop = () => {}
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    heard.length = 0
    net.online = true
    powerMonitor.removeAllListeners()
    stop = followSystem({ wake: () => void heard.push('wake'), rest: () => void heard.push('rest') })
  })
  afterEach(() => {
    stop()
    vi.useRealTimers()
  })

  it('that it goes to sleep, wakes up, and that its screen is unlocked', () => {
    for (const event of ['suspend', 'resume', 'unlock-screen']) powerMonitor.emit(event)
    expect(heard).toEqual(['rest', 'wake', 'wake'])
  })

  it('that the network is back, once, and nothing while it stays as it is', () => {
    vi.advanceTimersByTime(60_000)
    net.online = false
    vi.advanceTimersByTime(60_000)
    expect(heard).toEqual([])
    net.online = true
    vi.advanceTimersByTime(60_000)
    expect(heard).toEqual(['wake'])
    stop()
    net.online = false
    vi.advanceTimersByTime(10_000)
    net.online = true
    vi.advanceTimersByTime(10_000)
    expect(heard).toEqual(['wake'])
  })

  it('that it shuts down, which ends the app with everything written', () => {
    powerMonitor.emit('shutdown')
    expect(app.exitCode).toBe(0)
  })
})
