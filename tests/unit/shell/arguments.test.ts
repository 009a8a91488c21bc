import { describe, expect, it } from 'vitest'
import { parseArguments } from '../../../electron/shell/arguments.ts'

describe('the switches of the app', () => {
  it('may all be left out', () => {
    expect(parseArguments([])).toEqual({
      dataDir: null,
      server: null,
      serverTokenFile: null,
      secretStore: 'keychain',
      vaultPassphraseFile: null,
      pollEverySeconds: null,
      hidden: false,
      restarts: 0,
    })
  })

  it('are those of the command line, with a space or an equals sign', () => {
    const wanted = { dataDir: '/d', secretStore: 'vault', vaultPassphraseFile: '/p', pollEverySeconds: 5 }
    const spaced = '--data-dir /d --secret-store vault --vault-passphrase-file /p --poll-every 5'.split(' ')
    const joined = '--data-dir=/d --secret-store=vault --vault-passphrase-file=/p --poll-every=5'.split(' ')
    expect(parseArguments(spaced)).toMatchObject(wanted)
    expect(parseArguments(joined)).toMatchObject(wanted)
  })

  it('never fall back from a keychain to a file by a slip of the pen', () => {
    expect(parseArguments(['--secret-store', 'valt'])).toMatchObject({ secretStore: 'keychain' })
    expect(parseArguments(['--secret-store'])).toMatchObject({ secretStore: 'keychain' })
  })

  it('stand among those of Chromium', () => {
    expect(parseArguments(['.', '--no-sandbox', '--server', 'http://h:1', '--server-token-file', '/t'])).toMatchObject({
      server: 'http://h:1',
      serverTokenFile: '/t',
    })
  })

  it('end where a link may stand, which can hold anything', () => {
    const args = ['--hidden', '--', 'spend-guard://alert/x', '--server', 'http://evil.example', '--data-dir=/tmp']
    expect(parseArguments(args)).toMatchObject({ hidden: true, server: null, dataDir: null })
  })
})
