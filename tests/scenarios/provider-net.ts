import { anthropicAnswers } from '../emulators/anthropic.ts'
import { createWebhook, webhookPath } from '../emulators/discord.ts'
import type { Answers, EmulatedAnswer } from '../emulators/http.ts'
import { openaiAnswers } from '../emulators/openai.ts'
import type { World } from '../../electron/replay/world.ts'
import type { Scenario, Span } from '../../electron/replay/scenario.ts'

export const webhookUrl = `https://discord.com${webhookPath}`

/** The internet of a scenario: providers and Discord under their real names, without sockets, with its faults. */
export function createNet(scenario: Scenario, world: World, random: () => number) {
  const discord = createWebhook()
  const told: { atMs: number; title: string }[] = []
  const hosts: Record<string, Answers> = {
    'api.openai.com': openaiAnswers(world),
    'api.anthropic.com': anthropicAnswers(world),
    'discord.com': (request) => {
      const before = discord.messages.length
      const answer = discord.answers(request)
      const message = discord.messages.at(-1)
      if (discord.messages.length > before && message)
        told.push({ atMs: world.now(), title: message.versions[0]?.embeds[0]?.title ?? '' })
      return answer
    },
  }
  const during = (span: Span | undefined) => span !== undefined && world.now() >= span.fromMs && world.now() < span.toMs

  function fault(host: string): EmulatedAnswer | null {
    const down = { status: 503, json: {} }
    if (host === 'discord.com') return during(scenario.channelDown) ? down : null
    return during(scenario.outage) || random() < (scenario.failing ?? 0) ? down : null
  }

  async function fetch(input: string | URL | globalThis.Request, init?: RequestInit): Promise<Response> {
    const url = new URL(input instanceof globalThis.Request ? input.url : input)
    const answers = hosts[url.host]
    if (!answers) throw new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } })
    const headers = Object.fromEntries(new Headers(init?.headers))
    const body = typeof init?.body === 'string' ? init.body : ''
    const answer = fault(url.host) ?? answers({ method: init?.method ?? 'GET', url, headers, body })
    const text = answer.text ?? (answer.json === undefined ? null : JSON.stringify(answer.json))
    return new Response(text, { status: answer.status, headers: answer.headers ?? {} })
  }

  return { fetch: fetch as typeof globalThis.fetch, told, webhookUrl }
}
