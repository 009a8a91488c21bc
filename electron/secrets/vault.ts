import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { fail } from '../../shared/failures.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { SecretStore } from './secret-store.ts'
import { i18n } from '../../shared/words.ts'

/** Memory-hard: 128 MiB and some 0.3 s for each guess. OWASP's recommendation for scrypt, checked 2026-11-23. */
const cost = { N: 2 ** 17, r: 8, p: 1 } as const
const memory = 256 * 1024 * 1024

const format = 'api-spend-guard-vault-1'
const fileShape = z.object({
  format: z.literal(format),
  salt: z.string(),
  nonce: z.string(),
  tag: z.string(),
  data: z.string(),
})
const secretsShape = z.record(z.string(), z.string())

/**
 * Secrets in one encrypted file (scrypt, AES-256-GCM), for machines without a keychain. Chosen explicitly; the
 * passphrase comes from a file or a file descriptor, never from an argument or the environment. The file is read anew
 * each time, so that what another process wrote is seen and never written over.
 */
export function createVault(file: string, readPassphrase: () => string): SecretStore {
  let key: { salt: Buffer; bytes: Buffer } | null = null
  let queue: Promise<unknown> = Promise.resolve()

  /** One at a time, so that two writes cannot lose each other's secret. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = queue.then(act)
    queue = turn.catch(() => undefined)
    return turn
  }

  /** The key for the file as it is now. It takes a third of a second, so it is kept for as long as the salt stays. */
  async function keyOfFile(): Promise<{ salt: Buffer; bytes: Buffer }> {
    for (;;) {
      const stored = readStored(file)
      const salt = stored ? Buffer.from(stored.salt, 'base64') : (key?.salt ?? randomBytes(32))
      if (!key?.salt.equals(salt)) key = { salt, bytes: await derive(readPassphrase(), salt) }
      if (readStored(file)?.salt === stored?.salt) return key
    }
  }

  /** Everything after the key is there happens in one go: read, `edit`, write. */
  async function access<T>(
    edit: (secrets: Map<string, string>) => { answer: T; changed: boolean },
  ): Promise<Result<T>> {
    try {
      const { salt, bytes } = await keyOfFile()
      const stored = readStored(file)
      const secrets = stored ? decrypt(stored, bytes) : new Map<string, string>()
      const { answer, changed } = edit(secrets)
      return changed ? write(file, encrypt(secrets, salt, bytes), answer) : ok(answer)
    } catch (error) {
      if (error instanceof NoPassphrase) return err(fail('vault-locked', error.message))
      return err(
        fail(
          'vault-locked',
          i18n.t('The vault {file} cannot be opened: the passphrase is wrong or the file is damaged.', { file }),
        ),
      )
    }
  }

  return {
    kind: 'vault',
    get: (name) => inTurn(() => access((secrets) => ({ answer: secrets.get(name) ?? null, changed: false }))),
    set: (name, secret) =>
      inTurn(() => access((secrets) => ({ answer: null, changed: Boolean(secrets.set(name, secret)) }))),
    delete: (name) => inTurn(() => access((secrets) => ({ answer: null, changed: secrets.delete(name) }))),
    check: () => inTurn(() => access(() => ({ answer: null, changed: false }))),
    close() {
      key?.bytes.fill(0)
      key = null
    },
  }
}

type Stored = z.infer<typeof fileShape>

function readStored(file: string): Stored | null {
  return existsSync(file) ? fileShape.parse(JSON.parse(readFileSync(file, 'utf8'))) : null
}

function decrypt(stored: Stored, key: Buffer): Map<string, string> {
  const cipher = createDecipheriv('aes-256-gcm', key, Buffer.from(stored.nonce, 'base64'), { authTagLength: 16 })
  cipher.setAAD(Buffer.from(stored.format + stored.salt))
  cipher.setAuthTag(Buffer.from(stored.tag, 'base64'))
  const text = Buffer.concat([cipher.update(Buffer.from(stored.data, 'base64')), cipher.final()]).toString('utf8')
  return new Map(Object.entries(secretsShape.parse(JSON.parse(text))))
}

function encrypt(secrets: ReadonlyMap<string, string>, salt: Buffer, key: Buffer): Stored {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 })
  const salted = salt.toString('base64')
  cipher.setAAD(Buffer.from(format + salted))
  const data = Buffer.concat([cipher.update(JSON.stringify(Object.fromEntries(secrets)), 'utf8'), cipher.final()])
  const text = (bytes: Buffer) => bytes.toString('base64')
  return { format, salt: salted, nonce: text(nonce), tag: text(cipher.getAuthTag()), data: text(data) }
}

/** A whole file takes the place of the old one at once, so that no crash leaves half of one. */
function write<T>(file: string, stored: Stored, answer: T): Result<T> {
  const draft = `${file}.new`
  try {
    rmSync(draft, { force: true }) // of a crash: its permissions may be anything
    writeFileSync(draft, JSON.stringify(stored), { mode: 0o600, flag: 'wx', flush: true })
    renameSync(draft, file)
    return ok(answer)
  } catch (error) {
    const code = (error as { code?: string }).code ?? 'unknown'
    return err(fail('disk-full', i18n.t('The vault cannot be written ({code}). The old one is unchanged.', { code })))
  }
}

export class NoPassphrase extends Error {}

/** `source` is a file, or `/dev/fd/N`. One trailing line break is not part of the passphrase. */
export function passphraseFrom(source: string | null): () => string {
  let known: string | null = null
  return () => {
    if (known !== null) return known
    if (source === null)
      throw new NoPassphrase(i18n.t('The vault needs a passphrase: --vault-passphrase-file FILE (or /dev/fd/3).'))
    let text: string
    try {
      text = readFileSync(source, 'utf8').replace(/\r?\n$/, '')
    } catch {
      throw new NoPassphrase(i18n.t('The passphrase file {source} cannot be read.', { source }))
    }
    if (text === '') throw new NoPassphrase(i18n.t('The passphrase file {source} is empty.', { source }))
    return (known = text)
  }
}

function derive(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, 32, { ...cost, maxmem: memory }, (error, bytes) =>
      error ? reject(error) : resolve(bytes),
    )
  })
}
