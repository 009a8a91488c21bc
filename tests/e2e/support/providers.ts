import { anthropicKey, startAnthropic } from '../../emulators/anthropic.ts'
import { startDiscord, type DiscordEmulator } from '../../emulators/discord.ts'
import { openaiKey, startOpenai } from '../../emulators/openai.ts'
import { leakStory } from '../../emulators/story.ts'
import type { World } from '../../../electron/replay/world.ts'

export const keys = {
  openai: openaiKey,
  anthropic: anthropicKey,
  project: 'sk-proj-cannot-read-the-bill',
  unknown: 'sk-admin-nobody-knows-this',
}

/** A small company at two providers, and the Discord server it is told on. */
export interface Providers {
  openaiUrl: string
  anthropicUrl: string
  discord: DiscordEmulator
  /** Ten minutes ago somebody else began to use a forgotten key. */
  leak(): void
  stop(): Promise<void>
}

export async function startProviders(): Promise<Providers> {
  const quiet = leakStory(Number.POSITIVE_INFINITY)
  const world: World = { now: () => Date.now(), flows: quiet, usageDelayMs: 0, costDelayMs: 6 * 3_600_000 }
  const [openai, anthropic, discord] = await Promise.all([startOpenai(world), startAnthropic(world), startDiscord()])
  return {
    openaiUrl: openai.url,
    anthropicUrl: anthropic.url,
    discord,
    leak: () => {
      world.flows = leakStory(Date.now() - 10 * 60_000)
    },
    stop: async () => {
      await Promise.all([openai.stop(), anthropic.stop(), discord.stop()])
    },
  }
}
