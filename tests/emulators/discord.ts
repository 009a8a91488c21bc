import { startEmulator, type Answers, type EmulatedAnswer, type Emulator } from './http.ts'

export interface Told {
  id: string
  /** Every version of the message, the first post included. */
  versions: {
    embeds: { title: string; description: string; fields: { name: string; value: string }[] }[]
    allowed_mentions: unknown
  }[]
}

export interface DiscordEmulator extends Emulator {
  webhookUrl: string
  messages: Told[]
  deleteWebhook(): void
}

const limits: Record<string, number> = { title: 256, description: 4_096 }

export async function startDiscord(): Promise<DiscordEmulator> {
  const { answers, ...webhook } = createWebhook()
  const emulator = await startEmulator(answers)
  return { ...emulator, ...webhook, webhookUrl: `${emulator.url}${webhookPath}` }
}

export const webhookPath = '/api/webhooks/123456789/emulated-token'

/** A Discord webhook as documented: what it was told is kept, with every edit. */
export function createWebhook(): Pick<DiscordEmulator, 'messages' | 'deleteWebhook'> & { answers: Answers } {
  const messages: Told[] = []
  let gone = false
  const answers: Answers = ({ method, url, body }) => {
    const match = /^\/api\/(?:v\d+\/)?webhooks\/(\d+)\/([\w-]+)(?:\/messages\/(\d+))?$/.exec(url.pathname)
    if (!match || gone) return { status: 404, json: { message: 'Unknown Webhook', code: 10_015 } }
    if (match[2] !== 'emulated-token') return { status: 401, json: { message: 'Invalid Webhook Token', code: 50_027 } }
    if (method === 'GET')
      return { status: 200, json: { id: match[1], type: 1, name: 'API Spend Guard', channel_id: '1', guild_id: '1' } }
    const parsed = JSON.parse(body) as Told['versions'][number]
    const problem = invalid(parsed)
    if (problem) return problem
    if (method === 'PATCH') {
      const message = messages.find((one) => one.id === match[3])
      if (!message) return { status: 404, json: { message: 'Unknown Message', code: 10_008 } }
      message.versions.push(parsed)
      return { status: 200, json: { id: message.id } }
    }
    const message = { id: String(1_000_000 + messages.length), versions: [parsed] }
    messages.push(message)
    return url.searchParams.get('wait') === 'true' ? { status: 200, json: { id: message.id } } : { status: 204 }
  }
  return {
    answers,
    messages,
    deleteWebhook() {
      gone = true
    },
  }
}

function invalid(body: Told['versions'][number]): EmulatedAnswer | null {
  const bad = (path: string) => ({
    status: 400,
    json: {
      message: 'Invalid Form Body',
      code: 50_035,
      errors: { [path]: { _errors: [{ code: 'BASE_TYPE_BAD_LENGTH', message: 'bad length' }] } },
    },
  })
  if (!body.embeds?.length) return { status: 400, json: { message: 'Cannot send an empty message', code: 50_006 } }
  for (const embed of body.embeds) {
    for (const [name, most] of Object.entries(limits)) {
      if ((embed as unknown as Record<string, string>)[name]!.length > most) return bad(name)
    }
    if (embed.fields.length > 25) return bad('fields')
    const texts = [embed.title, embed.description, ...embed.fields.flatMap(({ name, value }) => [name, value])]
    if (texts.join('').length > 6_000) return bad('embeds')
    for (const field of embed.fields) {
      if (!field.name || field.name.length > 256 || !field.value || field.value.length > 1_024) return bad('fields')
    }
  }
  return null
}
