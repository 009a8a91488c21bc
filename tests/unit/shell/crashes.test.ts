import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createLogger } from '../../../electron/logging/logger.ts'
import { surviveCrashes } from '../../../electron/shell/crashes.ts'
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

  it('of a page loads it again, three times at most, and then only when it is asked for', () => {
    start()
    const window = new BrowserWindow({})
    const crash = () => window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
    for (let time = 0; time < 3; time++) crash()
    expect(window.webContents.reloads).toBe(3)
    expect(window.isDestroyed()).toBe(false)
    crash()
    expect(window.isDestroyed()).toBe(true)
    expect(logged).toHaveLength(4)
  })

  it('of a page once an hour is survived for ever; a page that is closed is none', () => {
    start()
    const window = new BrowserWindow({})
    for (let time = 0; time < 10; time++) {
      nowMs += 60 * minuteMs
      window.webContents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 5 })
    }
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 })
    expect(window.webContents.reloads).toBe(10)
  })

  it('of a helper process is written down', () => {
    start()
    app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 1 })
    app.emit('child-process-gone', {}, { type: 'Utility', reason: 'clean-exit', exitCode: 0 })
    expect(logged).toHaveLength(1)
  })
})
