import { beforeAll, describe, expect, it } from 'vitest'
import { denyPermissions, hardenApp } from '../../../electron/shell/hardening.ts'
import { app, BrowserWindow, cancellable, session } from '../../fakes/electron.ts'

describe('a page that went astray', () => {
  beforeAll(() => {
    hardenApp()
    denyPermissions()
  })

  it('runs in a sandbox, whatever its window says', () => {
    expect(app.isSandboxed).toBe(true)
  })

  it('opens no other window', () => {
    const { webContents } = new BrowserWindow({})
    expect(webContents.decideOnNewWindow({ url: 'https://example.com' })).toEqual({ action: 'deny' })
  })

  it('holds no webview', () => {
    const event = cancellable()
    new BrowserWindow({}).webContents.emit('will-attach-webview', event)
    expect(event.defaultPrevented).toBe(true)
  })

  it.each([
    'https://example.com/',
    'file:///etc/passwd',
    'app://elsewhere/',
    'app://bundle.example.com/',
    'data:text/html,x',
  ])('does not lead to %s', (url) => {
    const event = cancellable()
    new BrowserWindow({}).webContents.emit('will-navigate', event, url)
    expect(event.defaultPrevented).toBe(true)
  })

  it('may lead to another page of ours', () => {
    const event = cancellable()
    new BrowserWindow({}).webContents.emit('will-navigate', event, 'app://bundle/?view=popover')
    expect(event.defaultPrevented).toBe(false)
  })

  it.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal'])('is not granted %s', (name) => {
    const { permissions } = session.defaultSession
    const answers: boolean[] = []
    permissions.request(null, name, (granted) => answers.push(granted))
    expect(answers).toEqual([false])
    expect(permissions.check(null, name)).toBe(false)
    expect(permissions.device({})).toBe(false)
  })
})
