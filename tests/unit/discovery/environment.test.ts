import { describe, expect, it } from 'vitest'
import { inEnvironment } from '../../../electron/discovery/environment.ts'

/** An environment whose values nobody may see: asking for one, in whatever way, is an error. */
function sealed(...names: string[]): object {
  const env = Object.fromEntries(names.map((name) => [name, 'sk-canary']))
  const refuse = () => {
    throw new Error('a value was asked for')
  }
  return new Proxy(env, {
    get: refuse,
    // Object.keys asks whether each property is enumerable, and gets no value with the answer.
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, get: refuse }),
  })
}

describe('what is found in the environment', () => {
  it('are names, and no value is asked for', () => {
    expect(inEnvironment(sealed('HOME', 'OPENAI_API_KEY', 'OPENAI_ADMIN_KEY'))).toEqual([
      { provider: 'openai', kind: 'variable', name: 'OPENAI_API_KEY', where: 'environment', ability: 'spend' },
      { provider: 'openai', kind: 'variable', name: 'OPENAI_ADMIN_KEY', where: 'environment', ability: 'bill' },
    ])
  })

  it('would be noticed if it were a value', () => {
    expect(() => Object.values(sealed('OPENAI_API_KEY'))).toThrow('a value was asked for')
  })
})
