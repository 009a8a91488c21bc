import { beforeEach, describe, expect, it } from 'vitest'
import { alertLinkIn, claimLinks, createDoor } from '../../../electron/shell/deep-link.ts'
import { app, cancellable } from '../../fakes/electron.ts'

const id = '0c6b1f7e-9d0a-4c55-8b57-0a4a3c1f2e11'
const link = `spend-guard://alert/${id}`

describe('a link to an alert', () => {
  it('names it, wherever it stands among the arguments of a start', () => {
    expect(alertLinkIn(['/usr/bin/api-spend-guard', '--allow-file-access', link])).toBe(id)
    expect(alertLinkIn([`${link}/`])).toBe(id)
    expect(alertLinkIn(['.', '--hidden'])).toBe(null)
  })

  it.each([
    'spend-guard://alert/',
    'spend-guard://alert/../settings',
    'spend-guard://alert/a/b',
    'spend-guard://alert/a?x=1',
    'spend-guard://alert/a#b',
    'spend-guard://alert/%2e%2e',
    'spend-guard://alert/a" --server=http://evil.example',
    'spend-guard://settings/accounts',
    'spend-guard:alert/a',
    'SPEND-GUARD://alert/a b',
    `https://evil.example/?${link}`,
    `${link}\n`,
    `spend-guard://alert/${'a'.repeat(65)}`,
  ])('is nothing else: %s', (other) => {
    expect(alertLinkIn([other])).toBe(null)
  })

  it('belongs to the installed app, and never to a checkout', () => {
    claimLinks()
    expect(app.claimed).toEqual([])
    app.isPackaged = true
    claimLinks()
    expect(app.claimed).toEqual([{ scheme: 'spend-guard', args: ['--'] }])
    app.isPackaged = false
  })
})

describe('the door', () => {
  const shown: string[] = []
  const windows = {
    showAlert: (which: string) => void shown.push(which),
    showDashboard: () => void shown.push('dashboard'),
  }
  beforeEach(() => {
    shown.length = 0
    app.removeAllListeners()
  })

  it('keeps a link that the app was started with until there is a window', () => {
    expect(createDoor(['.', link]).lead(windows)).toBe(id)
    expect(createDoor(['.']).lead(windows)).toBe(null)
  })

  it('keeps one that macOS tells of while the app starts', () => {
    const door = createDoor(['.'])
    const event = cancellable()
    app.emit('open-url', event, link)
    expect(event.defaultPrevented).toBe(true)
    expect(door.lead(windows)).toBe(id)
  })

  it('opens to a link, a second start and a click in the Dock', () => {
    createDoor(['.']).lead(windows)
    app.emit('open-url', cancellable(), link)
    app.emit('second-instance', {}, ['app', '--', link])
    app.emit('second-instance', {}, ['app'])
    app.emit('activate')
    expect(shown).toEqual([id, id, 'dashboard', 'dashboard'])
  })

  it('stays shut to any other address', () => {
    createDoor(['.']).lead(windows)
    app.emit('open-url', cancellable(), 'spend-guard://settings')
    expect(shown).toEqual([])
  })
})
