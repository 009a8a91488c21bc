import { createWebhook, webhookPath } from '../emulators/discord.ts'
import { ecbAnswers, ecbHost } from '../emulators/ecb.ts'
import type { Answers, EmulatedAnswer } from '../emulators/http.ts'
import { playedProvider, playedProviders } from './played-providers.ts'
import type { Flow, World } from '../../electron/replay/world.ts'
import type { Scenario, Span } from '../../electron/replay/scenario.ts'

export const webhookUrl = `https://discord.com${webhookPath}`
/** Of whoever is told when nobody looks at the first one. */
export const nextWebhookUrl = webhookUrl.replace(/\d+/, '987654321')

/** Accounts besides the one that each provider has anyway; each is reached at an address of its own. */
export function accountsOf({ flows }: World): { provider: Flow['provider']; account: string }[] {
  const seen = new Map(flows.flatMap(({ provider, account }) => (account ? [[account, provider] as const] : [])))
  return [...seen].map(([account, provider]) => ({ provider, account }))
}

/** What goes wrong on the way, and what the ECB says. */
type Conditions = Pick<Scenario, 'rates' | 'channelDown' | 'outage' | 'failing' | 'disorder'>

/** The internet of a scenario: providers and Discord under their real names, without sockets, with its faults. */
export function createNet(scenario: Conditions, world: World, random: () => number) {
  const discord = createWebhook()
  const told: { atMs: number; title: string }[] = []
  const toldNext: typeof told = []
  const part = (account: string | undefined): World => ({
    ...world,
    flows: world.flows.filter((flow) => flow.account === account),
  })
  const hosts: Record<string, Answers> = {
    ...Object.fromEntries(
      accountsOf(world).map(({ provider, account }) => [
        `${account}.example`,
        playedProvider(provider).answers(part(account)),
      ]),
    ),
    ...Object.fromEntries(playedProviders.map(({ host, answers }) => [host, answers(part(undefined))])),
    [ecbHost]: ecbAnswers(scenario.rates ?? [], world.now),
    'discord.com': (request) => {
      const before = discord.messages.length
      const answer = discord.answers(request)
      const message = discord.messages.at(-1)
      if (discord.messages.length > before && message)
        (request.url.pathname.startsWith(new URL(nextWebhookUrl).pathname) ? toldNext : told).push({
          atMs: world.now(),
          title: message.versions[0]?.embeds[0]?.title ?? '',
        })
      return answer
    },
  }
  const during = (span: Span | undefined) => span !== undefined && world.now() >= span.fromMs && world.now() < span.toMs

  function fault(host: string): EmulatedAnswer | null {
    const down = { status: 503, json: {} }
    if (host === ecbHost) return null
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
    if (scenario.disorder) disturb(answer.json)
    const text = answer.text ?? (answer.json === undefined ? null : JSON.stringify(answer.json))
    return new Response(text, { status: answer.status, headers: answer.headers ?? {} })
  }

  /** Pages overlap, and their order is no promise. */
  function disturb(json: unknown): void {
    const page = json as { data?: unknown[]; object?: string } | null
    if (Array.isArray(page?.data) && page.object !== 'list') page.data = [...page.data, ...page.data].reverse()
  }

  return { fetch: fetch as typeof globalThis.fetch, told, toldNext }
}
