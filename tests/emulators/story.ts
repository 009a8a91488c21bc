import type { Flow } from '../../electron/replay/world.ts'

const hourMs = 3_600_000
const dayMs = 86_400_000

/** More in office hours and on weekdays; the same for everybody who asks. */
function office(at: number): number {
  const date = new Date(at)
  const hour = date.getUTCHours() + date.getUTCMinutes() / 60
  const weekend = date.getUTCDay() === 0 || date.getUTCDay() === 6
  const wave = Math.max(0, Math.sin(((hour - 6) / 14) * Math.PI))
  const wobble = 1 + 0.25 * Math.sin(at / (7 * hourMs)) + 0.15 * Math.sin(at / (2.3 * dayMs))
  return (0.15 + wave * (weekend ? 0.35 : 1)) * wobble
}

const steady: Flow[] = [
  {
    provider: 'openai',
    model: 'gpt-5-mini-2025-08-07',
    project: 'web-app',
    apiKey: 'web-app-prod',
    tokens: { input: 16_000, cached: 34_000, output: 4_200 },
    prices: { input: 0.25, cached: 0.025, output: 2 },
    pace: office,
  },
  {
    provider: 'openai',
    model: 'gpt-5.5',
    project: 'research',
    apiKey: 'research-notebooks',
    tokens: { input: 900, cached: 1_400, output: 260 },
    prices: { input: 5, cached: 0.5, output: 30 },
    pace: (at) => office(at + 2 * hourMs),
  },
  {
    provider: 'anthropic',
    model: 'claude-sonnet-5',
    project: 'wrkspc_support',
    apiKey: 'apikey_support',
    tokens: { input: 2_200, cached: 6_000, output: 900 },
    prices: { input: 2, cached: 0.2, output: 10 },
    pace: office,
  },
]

/** Quiet weeks, and from `leakAtMs` on a key that nobody remembered burns some $2,000 an hour. */
export function leakStory(leakAtMs: number): Flow[] {
  const leak: Flow = {
    provider: 'openai',
    model: 'gpt-5.5',
    project: 'research',
    apiKey: 'legacy-ci',
    tokens: { input: 2_000_000, cached: 0, output: 780_000 },
    prices: { input: 5, cached: 0.5, output: 30 },
    pace: (at) => (at + 60_000 > leakAtMs ? 1 : 0),
  }
  return [...steady, leak]
}
