import { describe, expect, it, vi } from 'vitest'
import { setAppMenu } from '../../../electron/shell/app-menu.ts'
import { Menu } from '../../fakes/electron.ts'

describe('the menu of the app', () => {
  it('is gone where nothing needs it', () => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('linux')
    setAppMenu()
    expect(Menu.application).toBe(null)
  })

  it('lets a key be pasted on macOS, and opens no developer tools', () => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('darwin')
    setAppMenu()
    expect(Menu.application?.items.map(({ role }) => role)).toEqual(['appMenu', 'editMenu', 'windowMenu'])
  })
})
