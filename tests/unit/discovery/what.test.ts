import { describe, expect, it } from 'vitest'
import { recognise, what } from '../../../electron/discovery/what.ts'
import { providerIds } from '../../../shared/providers.ts'

describe('a name of a variable', () => {
  it('tells whose credential it is and what it can usually do', () => {
    expect(recognise('OPENAI_API_KEY')).toEqual({ provider: 'openai', ability: 'spend' })
    expect(recognise('ANTHROPIC_ADMIN_KEY')).toEqual({ provider: 'anthropic', ability: 'bill' })
    expect(recognise('DEEPSEEK_API_KEY')).toEqual({ provider: 'deepseek', ability: 'broad' })
    expect(recognise('PATH')).toBeNull()
  })

  it('may have words before and after it', () => {
    for (const name of ['PROD_OPENAI_API_KEY', 'OPENAI_API_KEY_2', 'NEXT_PUBLIC_OPENAI_API_KEY', 'openai_api_key'])
      expect(recognise(name)?.provider).toBe('openai')
    expect(recognise('MYOPENAI_API_KEY')).toBeNull()
    expect(recognise('OPENAI_API_KEYS')).toBeNull()
  })

  it('belongs to the provider that it names most exactly', () => {
    expect(recognise('AZURE_OPENAI_API_KEY')?.provider).toBe('azure')
    expect(recognise('TEAM_AZURE_OPENAI_API_KEY')?.provider).toBe('azure')
  })

  it('that is about a key is no key', () => {
    for (const end of ['FILE', 'PATH', 'ID', 'NAME', 'URL']) expect(recognise(`OPENAI_API_KEY_${end}`)).toBeNull()
  })

  it('of great length is none: it would rather be a value', () => {
    expect(recognise(`OPENAI_API_KEY_${'A'.repeat(200)}`)).toBeNull()
  })
})

/** What a person brings or describes leaves no traces on a computer. */
const byHand: readonly string[] = ['focus', 'custom']

describe('the table', () => {
  it('recognises every provider that can be watched', () => {
    expect(Object.keys(what)).toEqual(expect.arrayContaining(providerIds.filter((id) => !byHand.includes(id))))
  })

  it('reads only variables that say where things are', () => {
    const read = Object.values(what).flatMap(({ places = [] }) =>
      places.flatMap(({ path }) => /^\$(\w+)/.exec(path)?.[1] ?? []),
    )
    expect(new Set(read)).toEqual(
      new Set([
        'APPDATA',
        'AWS_CONFIG_FILE',
        'AWS_SHARED_CREDENTIALS_FILE',
        'AZURE_CONFIG_DIR',
        'CLAUDE_CONFIG_DIR',
        'CLOUDSDK_CONFIG',
        'CODEX_HOME',
        'PI_CODING_AGENT_DIR',
        'GH_CONFIG_DIR',
        'GOOGLE_APPLICATION_CREDENTIALS',
        'ProgramData',
        'XDG_CONFIG_HOME',
        'XDG_DATA_HOME',
      ]),
    )
  })

  it('names no variable of two providers', () => {
    const names = Object.values(what).flatMap(({ variables }) => Object.keys(variables))
    expect(names).toHaveLength(new Set(names).size)
  })
})
