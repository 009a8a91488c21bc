import { describe, expect, it } from 'vitest'
import { createKeychain } from '../../../electron/secrets/keychain.ts'
import { startKeychainUtility } from '../../../electron/shell/keychain-utility.ts'
import { UtilityProcess } from '../../fakes/electron.ts'

describe('the keychain process of the app', () => {
  it('is asked and answers by messages, and is ended with the app', async () => {
    const keychain = createKeychain(startKeychainUtility)
    const secret = keychain.get('account-1')
    await Promise.resolve()
    const child = UtilityProcess.forked[0]
    expect(child?.file).toMatch(/keychain-process\.js$/)
    expect(child?.messages).toEqual([{ id: 1, act: 'get', name: 'account-1' }])
    child?.emit('message', { id: 1, secret: 'sk-admin-1' })
    expect(await secret).toEqual({ ok: true, value: 'sk-admin-1' })

    const exited = new Promise((resolve) => child?.once('exit', resolve))
    keychain.close()
    await exited
  })

  it('that ends in the middle is a failure that says so', async () => {
    const keychain = createKeychain(startKeychainUtility)
    const secret = keychain.get('account-1')
    await Promise.resolve()
    UtilityProcess.forked.at(-1)?.emit('exit', 1)
    expect(await secret).toMatchObject({ ok: false, failure: { kind: 'keychain-unavailable' } })
  })
})
