import { describe, expect, it } from 'vitest'
import { pathOf, placeOf, shortPath, type Computer } from '../../../electron/discovery/computer.ts'

const linux: Computer = { platform: 'linux', homeDir: '/home/ada', env: {} }
const mac: Computer = { platform: 'darwin', homeDir: '/Users/ada', env: {} }
const windows: Computer = {
  platform: 'win32',
  homeDir: 'C:\\Users\\ada',
  env: { APPDATA: 'C:\\Users\\ada\\AppData\\Roaming' },
}

describe('a place of the table', () => {
  it('is in the home of the person on every system', () => {
    expect(placeOf('~/.aws/config', linux)).toBe('/home/ada/.aws/config')
    expect(placeOf('~/Library/Preferences', mac)).toBe('/Users/ada/Library/Preferences')
    expect(placeOf('~/.aws/config', windows)).toBe('C:\\Users\\ada\\.aws\\config')
  })

  it('is where a variable says, or where it is without that', () => {
    expect(placeOf('$XDG_CONFIG_HOME/gh/hosts.yml', linux)).toBe('/home/ada/.config/gh/hosts.yml')
    expect(placeOf('$XDG_CONFIG_HOME/gh', { ...linux, env: { XDG_CONFIG_HOME: '/etc/ada' } })).toBe('/etc/ada/gh')
    expect(placeOf('$APPDATA/GitHub CLI/hosts.yml', windows)).toBe(
      'C:\\Users\\ada\\AppData\\Roaming\\GitHub CLI\\hosts.yml',
    )
    expect(placeOf('$APPDATA/gcloud', linux)).toBeNull()
  })

  it('is none where the variable holds something else than a path', () => {
    for (const value of ['', 'relative', '{"private_key":"canary"}', 'sk-canary'])
      expect(placeOf('$CODEX_HOME', { ...linux, env: { CODEX_HOME: value } })).toBeNull()
  })
})

describe('a path that a person typed', () => {
  it('is whole, or begins at home', () => {
    expect(pathOf('~/shop', linux)).toBe('/home/ada/shop')
    expect(pathOf('~', linux)).toBe('/home/ada')
    expect(pathOf('~\\shop', windows)).toBe('C:\\Users\\ada\\shop')
    expect(pathOf('/srv/../srv/shop', linux)).toBe('/srv/shop')
    expect(pathOf('shop', linux)).toBeNull()
    expect(pathOf('~root/shop', linux)).toBeNull()
  })

  it('is no way to ask for the value of a variable', () => {
    expect(pathOf('$SECRET', { ...linux, env: { SECRET: '/canary' } })).toBeNull()
  })
})

describe('a path as it is shown', () => {
  it('begins at home where it can', () => {
    expect(shortPath('/home/ada/shop/.env', linux)).toBe('~/shop/.env')
    expect(shortPath('/home/ada', linux)).toBe('~')
    expect(shortPath('/home/adam/.env', linux)).toBe('/home/adam/.env')
    expect(shortPath('/home/ada/..env', linux)).toBe('~/..env')
    expect(shortPath('C:\\Users\\ada\\shop\\.env', windows)).toBe('~\\shop\\.env')
    expect(shortPath('D:\\shop\\.env', windows)).toBe('D:\\shop\\.env')
  })

  it('leads back to the same file', () => {
    for (const computer of [linux, mac, windows]) {
      const file = placeOf('~/a b/.env', computer) ?? ''
      expect(pathOf(shortPath(file, computer), computer)).toBe(file)
    }
  })
})
