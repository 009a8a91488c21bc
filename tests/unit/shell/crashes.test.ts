import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createLogger } from '../../../electron/logging/logger.ts'
import { surviveCrashes } from '../../../electron/shell/crashes.ts'
import type { DesktopNote } from '../../../electron/system.ts'
import { app, BrowserWindow, dialog } from '../../fakes/electron.ts'

const minuteMs = 60_000

describe('a fault nobody thought of', () => {
  let nowMs: number
  let logged: string[]
  let faults: EventEmitter

  beforeEach(() => {
    app.removeAllListeners()
    Object.assign(app, { relaunched: null, exitCode: null })
    BrowserWindow.opened.length = 0
    dialog.errors.length = 0
    nowMs = Date.UTC(2026, 10, 18)
    logged = []
    faults = new EventEmitter()
    process.argv = ['electron', '.', '--data-dir', '/d', '--restarts=1', '--', 'spend-guard://alert/x']
  })
  const start = (restarts = 0) =>
    surviveCrashes({
      log: createLogger(
        (line) => void logged.push(line),
        () => nowMs,
      ),
      restarts,
      now: () => nowMs,
      process: faults,
    })

  it('starts the app again as it was started, and writes down what it was, without a key', () => {
    start()
    faults.emit('uncaughtException', new TypeError('cannot read sk-admin-0123456789 of undefined'))
    expect(app.relaunched?.args).toEqual(['.', '--data-dir', '/d', '--restarts=1'])
    expect(app.exitCode).toBe(1)
    expect(logged.join()).toContain('TypeError')
    expect(logged.join()).not.toContain('0123456789')
  })

  it('starts the AppImage itself again', () => {
    vi.stubEnv('APPIMAGE', '/home/me/Guard.AppImage')
    start()
    faults.emit('uncaughtException', new Error('x'))
    expect(app.relaunched?.execPath).toBe('/home/me/Guard.AppImage')
  })

  it('is told to the person after the third restart in a short time, and then it ends', () => {
    start(3)
    faults.emit('uncaughtException', new Error('again'))
    expect(app.relaunched).toBe(null)
    expect(app.exitCode).toBe(1)
    expect(dialog.errors).toMatchObject([{ message: expect.stringContaining('Nothing is watched any more') }])
  })

  it('counts anew after ten good minutes', () => {
    start(3)
    nowMs += 11 * minuteMs
    faults.emit('uncaughtException', new Error('later'))
    expect(app.relaunched?.args?.at(-1)).toBe('--restarts=1')
  })

  it('that breaks a promise is written down, and the guard goes on', () => {
    start()
    faults.emit('unhandledRejection', 'why')
    expect(logged.join()).toContain('why')
    expect(app.exitCode).toBe(null)
  })

  /** A page ends, and everything that follows from it has happened. */
  async function crash(window: BrowserWindow, reason = 'crashed'): Promise<void> {
    window.webContents.emit('render-process-gone', {}, { reason, exitCode: 5 })
    await new Promise(setImmediate)
  }

  it('of a page loads it again, three times at most, and then only when it is asked for; the person is told', async () => {
    const told: DesktopNote[] = []
    start().tellThrough({ notify: async (note) => void told.push(note) })
    const window = new BrowserWindow({})
    for (let time = 0; time < 3; time++) await crash(window)
    expect(window.webContents.reloads).toBe(3)
    expect(window.isDestroyed()).toBe(false)
    expect(told).toEqual([])
    await crash(window)
    expect(window.isDestroyed()).toBe(true)
    expect(logged).toHaveLength(4)
    expect(told).toMatchObject([{ body: expect.stringContaining('The guard goes on watching') }])
  })

  it('of a page is not mended before the event is over, nor when its window is gone by then', async () => {
    start()
    const window = new BrowserWindow({})
    const crashed = crash(window)
    expect(window.webContents.reloads).toBe(0)
    window.destroy()
    await crashed
    expect(window.webContents.reloads).toBe(0)
  })

  it('of a page once an hour is survived for ever; a page that is closed is none', async () => {
    start()
    const window = new BrowserWindow({})
    for (let time = 0; time < 10; time++) {
      nowMs += 60 * minuteMs
      await crash(window, 'oom')
    }
    await crash(window, 'clean-exit')
    expect(window.webContents.reloads).toBe(10)
  })

  it('that was survived by a restart is told once the desktop can be reached', () => {
    const told: DesktopNote[] = []
    const notify = async (note: DesktopNote) => void told.push(note)
    start(0).tellThrough({ notify })
    expect(told).toEqual([])
    start(1).tellThrough({ notify })
    expect(told).toMatchObject([{ title: 'API Spend Guard started again', alertIds: [] }])
  })

  it('of a helper process is written down', () => {
    start()
    app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 1 })
    app.emit('child-process-gone', {}, { type: 'Utility', reason: 'clean-exit', exitCode: 0 })
    expect(logged).toHaveLength(1)
  })
})
