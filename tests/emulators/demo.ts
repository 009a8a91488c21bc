import { anthropicKey, startAnthropic } from './anthropic.ts'
import { startDiscord } from './discord.ts'
import { openaiKey, startOpenai } from './openai.ts'
import { leakStory } from './story.ts'
import type { World } from '../../electron/replay/world.ts'

/** Until the leak a visitor sees a quiet dashboard for a moment. */
const quietMs = 20_000

const startedAt = Date.now()
const flows = leakStory(startedAt + quietMs)
const world: World = {
  now: () => Date.now(),
  // The leaking key is silent until its time.
  get flows() {
    return Date.now() < startedAt + quietMs ? flows.filter((flow) => flow.apiKey !== 'legacy-ci') : flows
  },
  usageDelayMs: 0,
  costDelayMs: 6 * 3_600_000,
}
const [openai, anthropic, discord] = await Promise.all([startOpenai(world), startAnthropic(world), startDiscord()])
process.stdout.write(
  `${JSON.stringify({ openai: openai.url, anthropic: anthropic.url, discord: discord.url, openaiKey, anthropicKey, discordWebhook: discord.webhookUrl })}\n`,
)
const stop = () => void Promise.all([openai.stop(), anthropic.stop(), discord.stop()]).then(() => process.exit(0))
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
