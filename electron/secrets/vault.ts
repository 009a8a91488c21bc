import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { fail } from '../../shared/failures.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { SecretStore } from './secret-store.ts'

/** Memory-hard: 128 MiB and some 0.3 s for each guess. OWASP's recommendation for scrypt, checked 2026-11-23. */
const cost = { N: 2 ** 17, r: 8, p: 1 } as const
const memory = 256 * 1024 * 1024

const fileShape = z.object({
  format: z.literal('api-spend-guard-vault-1'),
  salt: z.string(),
  nonce: z.string(),
  tag: z.string(),
  data: z.string(),
})
const secretsShape = z.record(z.string(), z.string())

/**
 * Secrets in one encrypted file (scrypt, AES-256-GCM), for machines without a keychain. Chosen explicitly; the
 * passphrase comes from a file or a file descriptor, never from an argument or the environment.
 */
export function createVault(file: string, readPassphrase: () => string): SecretStore {
  let secrets: Map<string, string> | null = null
  let key: { salt: Buffer; bytes: Buffer } | null = null
  let queue: Promise<unknown> = Promise.resolve()

  /** One at a time, so that two writes cannot lose each other's secret. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = queue.then(act)
    queue = turn.catch(() => undefined)
    return turn
  }

  async function keyFor(salt: Buffer): Promise<Buffer> {
    if (key?.salt.equals(salt)) return key.bytes
    const bytes = await derive(readPassphrase(), salt)
    key = { salt, bytes }
    return bytes
  }

  async function open(): Promise<Result<Map<string, string>>> {
    if (secrets) return ok(secrets)
    try {
      secrets = existsSync(file) ? await decrypt() : new Map()
      return ok(secrets)
    } catch (error) {
      if (error instanceof NoPassphrase) return err(fail('vault-locked', error.message))
      return err(
        fail('vault-locked', `The vault ${file} cannot be opened: the passphrase is wrong or the file is damaged.`),
      )
    }
  }

  async function decrypt(): Promise<Map<string, string>> {
    const stored = fileShape.parse(JSON.parse(readFileSync(file, 'utf8')))
    const salt = Buffer.from(stored.salt, 'base64')
    const cipher = createDecipheriv('aes-256-gcm', await keyFor(salt), Buffer.from(stored.nonce, 'base64'), {
      authTagLength: 16,
    })
    cipher.setAAD(Buffer.from(stored.format + stored.salt))
    cipher.setAuthTag(Buffer.from(stored.tag, 'base64'))
    const text = Buffer.concat([cipher.update(Buffer.from(stored.data, 'base64')), cipher.final()]).toString('utf8')
    return new Map(Object.entries(secretsShape.parse(JSON.parse(text))))
  }

  async function save(next: Map<string, string>): Promise<Result<null>> {
    try {
      const salt = key?.salt ?? randomBytes(32)
      const nonce = randomBytes(12)
      const format = 'api-spend-guard-vault-1'
      const cipher = createCipheriv('aes-256-gcm', await keyFor(salt), nonce, { authTagLength: 16 })
      const salted = salt.toString('base64')
      cipher.setAAD(Buffer.from(format + salted))
      const data = Buffer.concat([cipher.update(JSON.stringify(Object.fromEntries(next)), 'utf8'), cipher.final()])
      const text = JSON.stringify({
        format,
        salt: salted,
        nonce: nonce.toString('base64'),
        tag: cipher.getAuthTag().toString('base64'),
        data: data.toString('base64'),
      })
      writeFileSync(`${file}.new`, text, { mode: 0o600 })
      renameSync(`${file}.new`, file)
      secrets = next
      return ok(null)
    } catch (error) {
      if (error instanceof NoPassphrase) return err(fail('vault-locked', error.message))
      return err(
        fail(
          'disk-full',
          `The vault cannot be written (${(error as { code?: string }).code ?? 'unknown'}). The old one is unchanged.`,
        ),
      )
    }
  }

  const change = (edit: (secrets: Map<string, string>) => void) =>
    inTurn(async () => {
      const opened = await open()
      if (!opened.ok) return opened
      const next = new Map(opened.value)
      edit(next)
      return save(next)
    })

  return {
    kind: 'vault',
    get: (name) =>
      inTurn(async () => {
        const opened = await open()
        return opened.ok ? ok(opened.value.get(name) ?? null) : opened
      }),
    set: (name, secret) => change((next) => next.set(name, secret)),
    delete: (name) => change((next) => next.delete(name)),
    check: () =>
      inTurn(async () => {
        const opened = await open()
        return opened.ok ? ok(null) : opened
      }),
    close() {
      secrets = null
      key?.bytes.fill(0)
      key = null
    },
  }
}

export class NoPassphrase extends Error {}

/** `source` is a file, or `/dev/fd/N`. One trailing line break is not part of the passphrase. */
export function passphraseFrom(source: string | null): () => string {
  let known: string | null = null
  return () => {
    if (known !== null) return known
    if (source === null)
      throw new NoPassphrase('The vault needs a passphrase: --vault-passphrase-file FILE (or /dev/fd/3).')
    let text: string
    try {
      text = readFileSync(source, 'utf8').replace(/\r?\n$/, '')
    } catch {
      throw new NoPassphrase(`The passphrase file ${source} cannot be read.`)
    }
    if (text === '') throw new NoPassphrase(`The passphrase file ${source} is empty.`)
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
