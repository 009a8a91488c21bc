import { describe, expect, it } from 'vitest'
import type { ProviderTrace } from '../../../electron/discovery/look.ts'
import { present } from '../../../electron/discovery/present.ts'

const trace = (provider: string, change: Partial<ProviderTrace> = {}): ProviderTrace => ({
  provider,
  kind: 'variable',
  name: 'SOME_KEY',
  where: 'environment',
  ability: 'spend',
  ...change,
})
const nothingElse = { unread: [], stopped: null }
const one = (traces: ProviderTrace[], accounts: { provider: string }[] = []) =>
  present({ traces, ...nothingElse }, accounts).providers[0]

describe('what is said of a provider whose credential was found', () => {
  it('is the least key that reads the bill, where it is made, and the command that takes it', () => {
    const openai = one([trace('openai')])
    expect(openai).toMatchObject({ label: 'OpenAI', watchable: true, accounts: 0 })
    expect(openai?.key?.url).toMatch(/^https:\/\/platform\.openai\.com\//)
    expect(openai?.key?.help).toContain('Usage set to Read')
    expect(openai?.command).toBe('spend-guard accounts add openai --label OpenAI')
  })

  it('names the key that is there already, when it reads the bill and no more', () => {
    const admin = { name: 'OPENAI_ADMIN_KEY', ability: 'bill' } as const
    const command = (where: string) => one([trace('openai'), trace('openai', { ...admin, where })])?.command
    expect(command('environment')).toMatch(/ --from-env OPENAI_ADMIN_KEY$/)
    expect(command('~/shop/.env')).toMatch(/ --from-file ~\/shop\/\.env:OPENAI_ADMIN_KEY$/)
    expect(command('~/my shop/.env')).toMatch(/ --from-file "~\/my shop\/\.env:OPENAI_ADMIN_KEY"$/)
    expect(command("~/$(it's)/.env")).toMatch(/ --from-file '~\/\$\(it'\\''s\)\/\.env:OPENAI_ADMIN_KEY'$/)
  })

  it('is only its name where this version cannot watch it', () => {
    expect(one([trace('groq')])).toMatchObject({ label: 'Groq', watchable: false, key: null, command: null })
  })

  it('comes first where something is to be done', () => {
    const traces = ['groq', 'openai', 'anthropic'].map((provider) => trace(provider))
    const { providers } = present({ traces, ...nothingElse }, [{ provider: 'openai' }])
    expect(providers.map(({ id, accounts }) => [id, accounts])).toEqual([
      ['anthropic', 0],
      ['openai', 1],
      ['groq', 0],
    ])
  })
})
