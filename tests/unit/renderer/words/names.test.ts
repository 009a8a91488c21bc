import { describe, expect, it } from 'vitest'
import { scopeLabel } from '../../../../renderer/words/names.ts'

describe('scopes', () => {
  it('are named as people named them', () => {
    const accounts = [{ id: 'a1', label: 'Production' }]
    expect(
      ['all', 'provider:openai', 'account:a1', 'account:gone', 'model:gpt-5', 'nonsense'].map((scope) =>
        scopeLabel(scope, accounts),
      ),
    ).toEqual(['Everything', 'OpenAI', 'Production', 'gone', 'Model gpt-5', 'nonsense'])
  })
})
