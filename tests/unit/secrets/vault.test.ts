import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createVault, passphraseFrom } from '../../../electron/secrets/vault.ts'

// Every derivation of a key is meant to be slow, and this computer may be busy.
vi.setConfig({ testTimeout: 90_000 })

const secret = 'sk-admin-in-the-vault'

describe('the vault', () => {
  let folder: string
  let file: string
  const open = (passphrase = 'correct horse') => createVault(file, () => passphrase)

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'spend-guard-vault-'))
    file = path.join(folder, 'vault.json')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('gives back what was put in, also after it is opened again', async () => {
    const vault = open()
    expect(await vault.set('account:1', secret)).toEqual({ ok: true, value: null })
    expect(await vault.set('ключ "2"', '💶\n"')).toEqual({ ok: true, value: null })
    vault.close()
    expect(await vault.get('account:1')).toEqual({ ok: true, value: secret })
    const again = open()
    expect(await again.get('ключ "2"')).toEqual({ ok: true, value: '💶\n"' })
    expect(await again.get('account:2')).toEqual({ ok: true, value: null })
    expect(await again.check()).toEqual({ ok: true, value: null })
  })

  it('forgets what is deleted, and nothing else', async () => {
    const vault = open()
    await vault.set('a', secret)
    await vault.set('b', 'other')
    await vault.delete('a')
    await vault.delete('never there')
    expect(await vault.get('a')).toEqual({ ok: true, value: null })
    expect(await open().get('b')).toEqual({ ok: true, value: 'other' })
  })

  // Windows has no such permissions: there the folder of the user keeps others out.
  it.skipIf(process.platform === 'win32')(
    'is a file for its owner alone that shows neither names nor secrets',
    async () => {
      // A draft that a crash left behind, with permissions that somebody widened.
      writeFileSync(`${file}.new`, 'torn')
      chmodSync(`${file}.new`, 0o666)
      await open().set('account:1', secret)
      expect(statSync(file).mode & 0o777).toBe(0o600)
      expect(readdirSync(folder)).toEqual(['vault.json'])
      expect(readFileSync(file, 'latin1')).not.toMatch(/sk-admin|account/)
    },
  )

  it('never writes the same bytes twice', async () => {
    const vault = open()
    await vault.set('a', secret)
    const first = JSON.parse(readFileSync(file, 'utf8')) as { nonce: string; data: string }
    await vault.set('a', secret)
    const second = JSON.parse(readFileSync(file, 'utf8')) as { nonce: string; data: string }
    expect(second.nonce).not.toBe(first.nonce)
    expect(second.data).not.toBe(first.data)
  })

  it('stays shut to a wrong passphrase, and is not changed by the attempt', async () => {
    await open().set('a', secret)
    const before = readFileSync(file)
    const wrong = open('wrong')
    for (const answer of [
      await wrong.get('a'),
      await wrong.set('a', 'new'),
      await wrong.delete('a'),
      await wrong.check(),
    ])
      expect(answer).toMatchObject({ ok: false, failure: { kind: 'vault-locked' } })
    expect(readFileSync(file)).toEqual(before)
  })

  it('takes the same passphrase however it was typed', async () => {
    await open('Zu\u0308rich').set('a', secret)
    expect(await open('Z\u00fcrich').get('a')).toEqual({ ok: true, value: secret })
  })

  it('notices a changed byte wherever it is', async () => {
    const vault = open()
    await vault.set('a', secret)
    const sound = readFileSync(file)
    const text = sound.toString('latin1')
    const salt = { from: text.indexOf('"salt":"') + 8, to: text.indexOf('","nonce"') }
    for (let at = 0; at < sound.length; at++) {
      // Another salt costs a derivation each time: two of its characters will do.
      if (at > salt.from && at < salt.to && (at - salt.from) % 20 !== 0) continue
      const changed = Buffer.from(sound)
      changed[at] = (changed[at] ?? 0) ^ 1
      writeFileSync(file, changed)
      const answer = await vault.get('a')
      // Spare bits at the end of base64 mean nothing: what is read is then the very same.
      if (answer.ok) expect(answer.value).toBe(secret)
      else expect(answer.failure.kind).toBe('vault-locked')
      if (answer.ok) expect(text[at + 1]).toMatch(/[="]/)
    }
  })

  it('notices data, tag or nonce of another vault', async () => {
    const vault = open()
    await vault.set('a', secret)
    const mine = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
    await vault.set('a', 'newer')
    const newer = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
    for (const part of ['nonce', 'tag', 'data']) {
      writeFileSync(file, JSON.stringify({ ...newer, [part]: mine[part] }))
      expect(await vault.get('a')).toMatchObject({ ok: false, failure: { kind: 'vault-locked' } })
    }
  })

  it('does not accept a shortened tag', async () => {
    const vault = open()
    await vault.set('a', secret)
    const stored = JSON.parse(readFileSync(file, 'utf8')) as { tag: string }
    const short = Buffer.from(stored.tag, 'base64').subarray(0, 4).toString('base64')
    writeFileSync(file, JSON.stringify({ ...stored, tag: short }))
    expect(await vault.get('a')).toMatchObject({ ok: false })
  })

  it.each(['', '{', 'null', '{"format":"api-spend-guard-vault-2"}'])(
    'never takes a torn or foreign file for an empty vault: %s',
    async (text) => {
      writeFileSync(file, text)
      const vault = open()
      expect(await vault.get('a')).toMatchObject({ ok: false, failure: { kind: 'vault-locked' } })
      expect(await vault.set('a', secret)).toMatchObject({ ok: false })
      expect(readFileSync(file, 'utf8')).toBe(text)
    },
  )

  it('keeps the old file when the new one cannot be written', async () => {
    const vault = open()
    await vault.set('a', secret)
    mkdirSync(`${file}.new`)
    expect(await vault.set('a', 'newer')).toMatchObject({ ok: false, failure: { kind: 'disk-full' } })
    expect(await vault.get('a')).toEqual({ ok: true, value: secret })
  })

  it('loses no secret to another writer of the same file', async () => {
    const [one, two] = [open(), open()]
    await Promise.all([one.set('a', '1'), two.set('b', '2'), one.set('c', '3'), two.set('d', '4')])
    await one.delete('c')
    for (const vault of [one, two, open()]) {
      expect(await vault.get('a')).toEqual({ ok: true, value: '1' })
      expect(await vault.get('b')).toEqual({ ok: true, value: '2' })
      expect(await vault.get('c')).toEqual({ ok: true, value: null })
      expect(await vault.get('d')).toEqual({ ok: true, value: '4' })
    }
  })

  it('says how to give a passphrase when there is none', async () => {
    const vault = createVault(file, passphraseFrom(null))
    for (const answer of [await vault.get('a'), await vault.set('a', secret)])
      expect(answer).toMatchObject({
        failure: { kind: 'vault-locked', message: expect.stringContaining('--vault-passphrase-file') as string },
      })
  })
})

describe('a passphrase file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'spend-guard-passphrase-'))
  const file = path.join(folder, 'passphrase')

  it.each([
    ['one line', 'one line'],
    ['a line break\n', 'a line break'],
    ['of Windows\r\n', 'of Windows'],
    [' blanks stay \n\n', ' blanks stay \n'],
  ])('loses one line break at its end and nothing else: %j', (text, passphrase) => {
    writeFileSync(file, text)
    expect(passphraseFrom(file)()).toBe(passphrase)
  })

  it('is read once, so that a file descriptor will do', () => {
    writeFileSync(file, 'first')
    const read = passphraseFrom(file)
    read()
    rmSync(file)
    expect(read()).toBe('first')
  })

  it('must be there and must not be empty', () => {
    expect(passphraseFrom(path.join(folder, 'none'))).toThrow(/cannot be read/)
    writeFileSync(file, '\n')
    expect(passphraseFrom(file)).toThrow(/empty/)
  })
})
