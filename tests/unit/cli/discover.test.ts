import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { describe as told, offer } from '../../../electron/cli/discover.ts'
import type { ProviderTrace } from '../../../electron/discovery/look.ts'
import { createGuard } from '../../../electron/guard.ts'
import { present } from '../../../electron/discovery/present.ts'
import type { Terminal } from '../../../electron/cli/terminal.ts'
import { providerFacts } from '../../../shared/providers.ts'
import type { Discovered } from '../../../shared/discovery.ts'
import { createTestSystem } from '../../fakes/system.ts'

function found(accounts: { provider: string }[] = [], where = '~/shop/.env'): Discovered {
  const variable = { kind: 'variable', where: 'environment' } as const
  const traces: ProviderTrace[] = [
    { ...variable, provider: 'openai', name: 'OPENAI_ADMIN_KEY', where, ability: 'bill' },
    { ...variable, provider: 'anthropic', name: 'ANTHROPIC_API_KEY', ability: 'spend' },
    { ...variable, provider: 'groq', name: 'GROQ_API_KEY', ability: 'spend' },
  ]
  return present({ traces, unread: [{ where: '~/x', why: 'The guard may not read it.' }], stopped: null }, accounts)
}

describe('what discover prints', () => {
  it('is a table of names, and what to do about each provider', () => {
    const { key } = providerFacts('openai')
    expect(told(found([{ provider: 'anthropic' }]))).toBe(`\
PROVIDER   FOUND              WHERE        WHAT IT USUALLY DOES
OpenAI     OPENAI_ADMIN_KEY   ~/shop/.env  reads the bill
Anthropic  ANTHROPIC_API_KEY  environment  can spend, but not read the bill
Groq       GROQ_API_KEY       environment  can spend, but not read the bill

OpenAI is not watched yet. ${key?.help}
  ${key?.url}
  spend-guard accounts add openai --label OpenAI --from-file ~/shop/.env:OPENAI_ADMIN_KEY

Anthropic is watched already (one account).

Found, not watched by this version: Groq.

Not read: ~/x. The guard may not read it.

Only names were read, no values.`)
  })

  it('leaves no empty line where no key is needed', () => {
    const trace = { provider: 'agent-logs', kind: 'file', name: 'Codex', where: '~/.codex', ability: 'logs' } as const
    expect(told(present({ traces: [trace], unread: [], stopped: null }, []))).toContain(
      'Coding agents on this computer is not watched yet.\n  spend-guard accounts add agent-logs ',
    )
  })

  it('says so when nothing was found', () => {
    expect(told({ providers: [], unread: [], stopped: null })).toMatch(/^No name of a credential was found\./)
  })
})

describe('the offer to take a key', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'spend-guard-offer-'))
  const file = path.join(folder, '.env')
  afterAll(() => rmSync(folder, { recursive: true }))

  /** Offers what was found to a real guard. */
  async function offered(discovered: Discovered, yes: boolean) {
    const guard = createGuard(createTestSystem())
    if (!guard.ok) throw new Error(guard.failure.message)
    const said: string[] = []
    const asked: string[] = []
    const terminal: Terminal = {
      json: false,
      print: (text) => said.push(text),
      note: (text) => said.push(text),
      complain: ({ message }) => said.push(message),
      exitCode: 0,
    }
    await offer(discovered, guard.value, terminal, async (question) => {
      asked.push(question)
      return yes
    })
    const accounts = await guard.value.call('accounts:list', {})
    await guard.value.stop()
    return { said, asked, exitCode: terminal.exitCode, accounts: accounts.ok ? accounts.value.length : null }
  }

  it('is made for a key that reads the bill, of a provider that is not watched', async () => {
    expect(await offered(found(), false)).toEqual({
      said: [],
      asked: ['Watch OpenAI with OPENAI_ADMIN_KEY (~/shop/.env)? It is read once and kept in the keychain or vault.'],
      exitCode: 0,
      accounts: 0,
    })
    expect((await offered(found([{ provider: 'openai' }]), false)).asked).toEqual([])
  })

  it('takes the key after a yes', async () => {
    writeFileSync(file, 'OPENAI_ADMIN_KEY=sk-admin-canary\n')
    const { said, accounts, exitCode } = await offered(found([], file), true)
    expect({ accounts, exitCode }).toEqual({ accounts: 1, exitCode: 0 })
    expect(said.join()).toMatch(/^Added OpenAI \(/)
    expect(said.join()).not.toContain('canary')
  })

  it('is taken back when the key under that name can only spend', async () => {
    writeFileSync(file, 'OPENAI_ADMIN_KEY=sk-proj-canary\n')
    const { said, accounts, exitCode } = await offered(found([], file), true)
    expect({ accounts, exitCode }).toEqual({ accounts: 0, exitCode: 1 })
    expect(said.join()).toMatch(/^This is a project key/)
    expect(said.join()).not.toContain('canary')
  })
})
