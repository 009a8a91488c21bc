import { describe, expect, it } from 'vitest'
import { formatScope, inScope, parseScope, scopesOf, type SpendOwner } from '../../../shared/scope.ts'

const owner: SpendOwner = {
  provider: 'openai',
  account: 'a1',
  workspace: 'acme',
  project: ['proj_1', 'Support bot'],
  model: 'gpt-5-mini-2025-08-07',
  key: ['key_9', 'ci'],
}

describe('scopes', () => {
  it.each([
    'all',
    'provider:openai',
    'account:a1',
    'workspace:acme',
    'project:proj_1',
    'project:Support bot',
    'model:gpt-5-mini-2025-08-07',
    'model:gpt-5-mini',
    'key:key_9',
    'key:ci',
  ])('%s holds what belongs to it, by id and by name', (text) => {
    const scope = parseScope(text)
    expect(scope && inScope(scope, owner)).toBe(true)
    expect(scope && formatScope(scope)).toBe(text)
  })
  it.each(['provider:anthropic', 'account:a2', 'workspace:other', 'project:proj_2', 'model:gpt-5', 'key:key_1'])(
    '%s does not',
    (text) => {
      const scope = parseScope(text)
      expect(scope && inScope(scope, owner)).toBe(false)
    },
  )
  it.each(['', 'everything', 'all:x', 'project:', 'planet:earth', ':x'])('%j is not a scope', (text) =>
    expect(parseScope(text)).toBeNull(),
  )
  it('that a piece of spend lists are exactly those that hold it', () => {
    const bare: SpendOwner = { provider: 'openai', account: 'a2', workspace: null, project: [], model: null, key: [] }
    const listed = [...scopesOf(owner), ...scopesOf(bare)]
    expect(scopesOf(owner).size).toBe(10)
    for (const one of [owner, bare]) {
      const holding = listed.filter((text) => inScope(parseScope(text) ?? { kind: 'key', name: '' }, one))
      expect(new Set(holding)).toEqual(scopesOf(one))
    }
  })
})
