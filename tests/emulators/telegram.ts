import { startEmulator, type Answers, type EmulatedAnswer, type Emulator } from './http.ts'

export const telegramToken = '123456789:AAEmulated-Token_0123456789abcdefgh'
export const telegramChat = '-1001234567890'

interface TelegramText {
  chat_id: string | number
  text: string
  message_thread_id?: number
  disable_notification?: boolean
  reply_markup?: { inline_keyboard: { text: string; url: string }[][] }
}

export interface TelegramMessage {
  id: number
  chat: string
  versions: TelegramText[]
}

export interface TelegramEmulator extends Emulator {
  messages: TelegramMessage[]
  state: {
    isTokenRevoked: boolean
    /** What a chat says instead of taking messages. */
    refusal: { status: number; description: string } | null
    /** The group grew up, and has this number now. */
    movedTo: string | null
    topics: Set<number>
  }
}

const parameters: Record<string, readonly string[]> = {
  sendMessage: 'chat_id text message_thread_id parse_mode link_preview_options disable_notification reply_markup'.split(
    ' ',
  ),
  editMessageText: 'chat_id message_id text parse_mode link_preview_options reply_markup'.split(' '),
}

/** The Bot API as documented: core.telegram.org/bots/api. It keeps what it was told, with every edit. */
export async function startTelegram(): Promise<TelegramEmulator> {
  const messages: TelegramMessage[] = []
  const state: TelegramEmulator['state'] = {
    isTokenRevoked: false,
    refusal: null,
    movedTo: null,
    topics: new Set([42]),
  }
  const refuse = (code: number, description: string, facts: object = {}): EmulatedAnswer => ({
    status: code,
    json: { ok: false, error_code: code, description, ...facts },
  })
  const bad = (what: string) => refuse(400, `Bad Request: ${what}`)

  const answers: Answers = ({ url, body }) => {
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(url.pathname) ?? []
    if (token !== telegramToken) return refuse(404, 'Not Found')
    if (state.isTokenRevoked) return refuse(401, 'Unauthorized')
    const known = parameters[method]
    if (!known) return refuse(404, 'Not Found: method not found')
    const asked = JSON.parse(body) as TelegramText & { message_id?: number }
    const strange = Object.keys(asked).find((name) => !known.includes(name))
    if (strange) throw new Error(`${method} has no parameter ${strange}`)
    const chat = String(asked.chat_id)
    if (chat === telegramChat && state.movedTo !== null)
      return refuse(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
        parameters: { migrate_to_chat_id: Number(state.movedTo) },
      })
    if (chat !== telegramChat && chat !== state.movedTo) return bad('chat not found')
    if (state.refusal) return refuse(state.refusal.status, state.refusal.description)
    const problem = invalid(asked)
    if (problem) return bad(problem)
    if (method === 'editMessageText') {
      const message = messages.find((one) => one.id === asked.message_id && one.chat === chat)
      if (!message) return bad('message to edit not found')
      const { message_id: _id, ...version } = asked
      if (contentOf(message.versions.at(-1)) === contentOf(version))
        return bad('message is not modified: specified new message content and reply markup are exactly the same')
      message.versions.push(version)
      return { status: 200, json: { ok: true, result: { message_id: message.id, chat: { id: chat } } } }
    }
    if (asked.message_thread_id !== undefined && !state.topics.has(asked.message_thread_id))
      return bad('message thread not found')
    const message = { id: 1_000 + messages.length, chat, versions: [asked] }
    messages.push(message)
    return { status: 200, json: { ok: true, result: { message_id: message.id, chat: { id: chat } } } }
  }
  return { ...(await startEmulator(answers)), messages, state }
}

function contentOf(version: TelegramText | undefined): string {
  return JSON.stringify([version?.text, version?.reply_markup])
}

function invalid({ text, reply_markup: markup }: TelegramText): string | null {
  const shown = parsed(text)
  if (shown === null) return "can't parse entities: unsupported start tag"
  if (shown.trim() === '') return 'message text is empty'
  if (shown.length > 4_096) return 'message is too long'
  for (const button of markup?.inline_keyboard.flat() ?? [])
    if (!/^https?:\/\/[^/]*\.[^/]+/.test(button.url))
      return `inline keyboard button URL '${button.url}' is invalid: Wrong HTTP URL`
  return null
}

/** What people see; null where the markup is not well-formed. */
export function parsed(html: string): string | null {
  const open: string[] = []
  const text = html.replace(/<(\/?)(b|i|code)>/g, (_tag, end: string, name: string) => {
    if (end === '') open.push(name)
    else if (open.pop() !== name) open.push('wrong')
    return ''
  })
  if (open.length > 0 || /<|>|&(?!(?:lt|gt|amp|quot);)/.test(text)) return null
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}
