import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readKey, type KeySource } from '../../../electron/cli/key-source.ts'
import type { Computer } from '../../../electron/discovery/computer.ts'

const homeDir = mkdtempSync(path.join(tmpdir(), 'spend-guard-key-source-'))
afterAll(() => rmSync(homeDir, { recursive: true }))
writeFileSync(path.join(homeDir, '.env'), 'export OPENAI_ADMIN_KEY="sk-admin-file" # mine\nEMPTY=\n')

const computer: Computer = {
  platform: process.platform,
  homeDir,
  env: { OPENAI_ADMIN_KEY: 'sk-admin-env\n', EMPTY: ' ' },
}
const read = (source: KeySource) => readKey('key', source, undefined, computer)

describe('a key that a person said may be taken', () => {
  it('comes from a variable of the environment', async () => {
    expect(await read({ fromEnv: 'OPENAI_ADMIN_KEY' })).toBe('sk-admin-env')
  })

  it('comes from a variable of a dotenv file, with or without ~', async () => {
    expect(await read({ fromFile: '~/.env:OPENAI_ADMIN_KEY' })).toBe('sk-admin-file')
    expect(await read({ fromFile: `${path.join(homeDir, '.env')}:OPENAI_ADMIN_KEY` })).toBe('sk-admin-file')
  })

  it('comes from a file with a byte order mark too', async () => {
    writeFileSync(path.join(homeDir, 'windows.env'), '\ufeffOPENAI_ADMIN_KEY=sk-admin-windows\r\n')
    expect(await read({ fromFile: '~/windows.env:OPENAI_ADMIN_KEY' })).toBe('sk-admin-windows')
  })

  it.each<[string, KeySource]>([
    ['the key itself was given for its name', { fromEnv: 'sk-admin-canary' }],
    ['no variable has that name', { fromEnv: 'CANARY' }],
    ['the variable is empty', { fromEnv: 'EMPTY' }],
    ['no name follows the path', { fromFile: '~/.env' }],
    ['the file has no such variable', { fromFile: '~/.env:CANARY' }],
    ['the variable of the file is empty', { fromFile: '~/.env:EMPTY' }],
    ['there is no such file', { fromFile: '~/canary:CANARY' }],
  ])('is refused without repeating what was typed when %s', async (_, source) => {
    const refusal = await read(source).then(String, (error: Error) => error.message)
    expect(refusal).toMatch(/--from-(env|file)/)
    expect(refusal.toLowerCase()).not.toContain('canary')
  })
})
