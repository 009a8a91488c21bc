import { startOpenai } from '../emulators/openai.ts'
import type { Flow } from '../../electron/replay/world.ts'

/** An organization with as many keys as the argument says, all of them in use every minute. Prints its address. */
const flows = Array.from({ length: Number(process.argv[2]) }, (_, index): Flow => ({
  provider: 'openai',
  model: index % 2 === 0 ? 'gpt-5.5' : 'gpt-5-mini-2025-08-07',
  project: `project-${Math.floor(index / 10)}`,
  apiKey: `key-${index}`,
  tokens: { input: 900 + index, cached: 1_400, output: 260 },
  prices: { input: 5, cached: 0.5, output: 30 },
  pace: () => 1,
}))
const openai = await startOpenai({ now: () => Date.now(), flows, usageDelayMs: 0, costDelayMs: 6 * 3_600_000 })
console.log(openai.url)
