import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createAutostart, createLoginItem } from '../../../electron/shell/login-item.ts'
import { app } from '../../fakes/electron.ts'

describe('starting at login on Linux', () => {
  let home: string
  beforeEach(() => {
    home = mkdtempSync(path.join(tmpdir(), 'spend-guard-autostart-'))
  })
  afterEach(() => rmSync(home, { recursive: true }))
  const dir = () => path.join(home, 'config/autostart')
  const entry = () => path.join(dir(), 'api-spend-guard.desktop')

  it('is an entry of the autostart folder, which is made and taken away again', () => {
    const item = createAutostart(dir(), ['/opt/API Spend Guard/api-spend-guard'])
    expect(item.state()).toEqual({ on: false, canChange: true, note: null })
    item.set(true)
    expect(item.state().on).toBe(true)
    expect(readFileSync(entry(), 'utf8')).toContain('\nExec="/opt/API Spend Guard/api-spend-guard" "--hidden"\n')
    item.set(false)
    expect(item.state().on).toBe(false)
    expect(readdirSync(dir())).toEqual([])
    item.set(false)
  })

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])('is off when the desktop says %s', (line) => {
    const item = createAutostart(dir(), ['/opt/guard'])
    item.set(true)
    const text = readFileSync(entry(), 'utf8').replace('X-GNOME-Autostart-enabled=true', line)
    writeFileSync(entry(), text)
    expect(item.state().on).toBe(false)
    item.set(true)
    expect(item.state().on).toBe(true)
  })

  it('starts a file of any name', () => {
    createAutostart(dir(), [String.raw`/opt/100% "mine" $HOME\x`]).set(true)
    // As GLib starts it (tried 2026-11-30, but for the percent sign, which GLib itself does not find again).
    expect(readFileSync(entry(), 'utf8')).toContain(String.raw`Exec="/opt/100%% \\"mine\\" \\$HOME\\\\x" "--hidden"`)
  })

  it('starts the AppImage itself, not the place it is unpacked to', () => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('linux')
    vi.stubEnv('XDG_CONFIG_HOME', path.join(home, 'config'))
    vi.stubEnv('APPIMAGE', '/home/me/Guard.AppImage')
    createLoginItem().set(true)
    expect(readFileSync(entry(), 'utf8')).toContain('\nExec="/home/me/Guard.AppImage" "--hidden"\n')
  })
})

describe.each(['darwin', 'win32'] as const)('starting at login on %s', (platform) => {
  beforeEach(() => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue(platform)
    app.loginItem = null
    app.isPackaged = true
  })
  afterEach(() => {
    app.isPackaged = false
  })

  it('is what the system says', () => {
    const item = createLoginItem()
    expect(item.state().on).toBe(false)
    item.set(true)
    expect(app.loginItem?.openAtLogin).toBe(true)
    expect(item.state()).toEqual({ on: true, canChange: true, note: null })
  })

  it('names what a person switched off, or has to allow, in the settings of the system', () => {
    const item = createLoginItem()
    vi.spyOn(app, 'getLoginItemSettings').mockReturnValue({
      openAtLogin: true,
      executableWillLaunchAtLogin: false,
      wasOpenedAtLogin: false,
      status: 'requires-approval',
    })
    expect(item.state()).toMatchObject({ on: false, note: expect.stringMatching(/Task Manager|System Settings/) })
  })

  it('is not offered in a checkout, where it would start a bare Electron', () => {
    app.isPackaged = false
    const item = createLoginItem()
    item.set(true)
    expect(app.loginItem).toBe(null)
    expect(item.state()).toMatchObject({ on: false, canChange: false, note: expect.stringContaining('installed') })
  })
})
