import { startEmulator, type Answers, type EmulatedAnswer, type Emulator } from './http.ts'

export interface SlackVersion {
  text: string
  blocks: SlackBlock[]
  unfurl_links?: boolean
}

export interface SlackBlock {
  type: string
  text?: SlackText
  fields?: SlackText[]
  elements?: (Omit<SlackText, 'text'> & { text: string | SlackText; url?: string; action_id?: string })[]
}

export interface SlackText {
  type: string
  text: string
  verbatim?: boolean
}

export interface SlackMessage {
  channel: string
  ts: string
  /** Every version of the message, the first post included. */
  versions: SlackVersion[]
}

export interface SlackEmulator extends Emulator {
  webhookUrl: string
  token: string
  channel: string
  messages: SlackMessage[]
  /** What Slack says to every request from now on, such as `is_archived` or `no_service`; null for as usual. */
  refuseWith(word: string | null): void
}

const token = 'xoxb-1234567890-emulatedtoken'
const channel = 'C0EMULATED'
const hook = '/services/T0EMULATED/B0EMULATED/emulatedsecret'

/** Statuses of the words of webhooks: api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks. */
const hookStatus: Record<string, number> = {
  invalid_token: 403,
  action_prohibited: 403,
  channel_not_found: 404,
  no_service: 404,
  channel_is_archived: 410,
  rollup_error: 500,
}

/** One channel of a Slack workspace with a bot in it and an incoming webhook, as documented. */
export async function startSlack(): Promise<SlackEmulator> {
  const messages: SlackMessage[] = []
  let refusal: string | null = null
  const post = (version: SlackVersion): SlackMessage => {
    const message = { channel, ts: `1764000000.${String(100_000 + messages.length)}`, versions: [version] }
    messages.push(message)
    return message
  }

  const webhook = (body: SlackVersion): EmulatedAnswer => {
    const word = refusal ?? problemOf(body)
    if (word) return { status: hookStatus[word] ?? 400, text: word }
    post(body)
    return { status: 200, text: 'ok' }
  }
  const call = (method: string, auth: string | undefined, body: SlackVersion & { channel?: string; ts?: string }) => {
    const no = (error: string): EmulatedAnswer => ({ status: 200, json: { ok: false, error } })
    if (auth !== `Bearer ${token}`) return no(auth ? 'invalid_auth' : 'not_authed')
    if (refusal) return no(refusal)
    if (body.channel !== channel) return no('channel_not_found')
    const problem = problemOf(body)
    if (problem) return no(problem)
    if (method === 'chat.postMessage') {
      const { ts } = post(body)
      return { status: 200, json: { ok: true, channel, ts, message: { text: body.text, ts } } }
    }
    const message = messages.find(({ ts }) => ts === body.ts)
    if (!message) return no('message_not_found')
    message.versions.push(body)
    return { status: 200, json: { ok: true, channel, ts: message.ts, text: body.text } }
  }

  const answers: Answers = ({ method, url, headers, body }) => {
    if (method !== 'POST') return { status: 405, text: '' }
    const parsed = JSON.parse(body) as SlackVersion
    const name = /^\/api\/(chat\.(?:postMessage|update))$/.exec(url.pathname)?.[1]
    if (name) return call(name, headers.authorization, parsed)
    if (url.pathname.startsWith('/api/')) return { status: 200, json: { ok: false, error: 'unknown_method' } }
    if (url.pathname === hook) return webhook(parsed)
    return { status: 403, text: 'invalid_token' }
  }
  return {
    ...(await startEmulator(answers)),
    webhookUrl: `https://hooks.slack.com${hook}`,
    token,
    channel,
    messages,
    refuseWith: (word) => void (refusal = word),
  }
}

function problemOf({ text, blocks }: SlackVersion): string | null {
  if (!text && !blocks?.length) return 'no_text'
  if (text.length > 40_000) return 'msg_too_long'
  return (blocks ?? []).length > 50 || !(blocks ?? []).every(isValid) ? 'invalid_blocks' : null
}

function isValid(block: SlackBlock): boolean {
  const { text, fields, elements = [] } = block
  switch (block.type) {
    case 'header':
      return isText(text, 150) && text?.type === 'plain_text'
    case 'section':
      return (
        (text !== undefined || fields !== undefined) &&
        (text === undefined || isText(text, 3_000)) &&
        (fields === undefined ||
          (fields.length >= 1 && fields.length <= 10 && fields.every((one) => isText(one, 2_000))))
      )
    case 'context':
      return elements.length >= 1 && elements.length <= 10 && elements.every((one) => isText(one as SlackText, 3_000))
    case 'actions': {
      const ids = new Set(elements.map((one) => one.action_id))
      const isButton = (one: (typeof elements)[number]) =>
        one.type === 'button' && typeof one.text !== 'string' && isText(one.text, 75) && (one.url ?? '').length <= 3_000
      return elements.length >= 1 && elements.length <= 25 && ids.size === elements.length && elements.every(isButton)
    }
    default:
      return false
  }
}

function isText(one: SlackText | undefined, longest: number): boolean {
  const known = one?.type === 'plain_text' || (one?.type === 'mrkdwn' && (one.verbatim ?? true))
  return known && one!.text.length >= 1 && one!.text.length <= longest && one!.text.isWellFormed()
}

/** Everything in pointed brackets in markup: links, mentions and dates. */
export function bracketsIn(version: SlackVersion): string[] {
  const texts = version.blocks.flatMap((block) => [block.text, ...(block.fields ?? []), ...(block.elements ?? [])])
  return [version.text, ...texts.flatMap((one) => (one?.type === 'mrkdwn' ? [String(one.text)] : []))].flatMap(
    (text) => text.match(/<[^>]*>/g) ?? [],
  )
}
