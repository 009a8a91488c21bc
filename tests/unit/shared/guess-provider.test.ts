import { expect, it } from 'vitest'
import { guessProvider } from '../../../shared/guess-provider.ts'

it('a key tells whose it is by its beginning, also one that cannot read the bill', () => {
  const whose = {
    'sk-admin-abc': 'openai',
    'sk-proj-abc': 'openai',
    'sk-ant-admin01-abc': 'anthropic',
    'sk-ant-api03-abc': 'anthropic',
    ' sk-or-v1-abc': 'openrouter',
    github_pat_abc: 'github',
    'AKIAABC:secret': 'aws',
    '{ "type": "service_account" }': 'gcp',
    sk_abc: 'elevenlabs',
  }
  for (const [key, id] of Object.entries(whose)) expect(guessProvider(key), key).toBe(id)
})

it('a key that may be of several, or of none, tells nothing', () => {
  // Old keys of OpenAI and those of DeepSeek.
  for (const key of ['sk-0123456789', '', 'hello', 'sk-']) expect(guessProvider(key)).toBeNull()
})
