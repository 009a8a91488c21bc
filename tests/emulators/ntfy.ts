import { startEmulator, type EmulatedAnswer, type Emulator } from './http.ts'

export interface NtfyMessage {
  topic: string
  title: string
  message: string
  priority: number
  tags: string[]
  click: string | null
  actions: { action: string; label: string; url: string }[]
  /** It was too long to be shown: whoever gets it has to open a file. */
  attached: boolean
}

export interface NtfyEmulator extends Emulator {
  topicUrl: string
  token: string
  /** Notifications as the apps show them, each with all it was replaced by. */
  notifications: NtfyMessage[][]
  logins: (string | undefined)[]
  /** The topic takes messages from others only. */
  reserve(): void
}

const limit = 4_096

/**
 * A server of ntfy as its documentation and server.go describe it. Before 2.16 it knew no sequence ids; fields that it
 * does not know it ignores.
 */
export async function startNtfy({ version = 2.37, token = '' } = {}): Promise<NtfyEmulator> {
  const topic = 'guard-k2J9xQ7emulated'
  const shown: { sequence: string | null; versions: NtfyMessage[] }[] = []
  const logins: (string | undefined)[] = []
  let reserved = false
  const emulator = await startEmulator(({ method, url, headers, body }) => {
    if (method !== 'POST' || url.pathname !== '/') return refusal(404, 40_401, 'page not found')
    if (Buffer.byteLength(body) > limit * 2) return refusal(413, 41_303, 'JSON body too large')
    const asked = parse(body)
    if (!asked || !fits(asked)) return refusal(400, 40_024, 'invalid request: request body must be valid JSON')
    if (!/^[-_A-Za-z0-9]{1,64}$/.test(asked.topic)) return refusal(400, 40_009, 'invalid request: topic invalid')
    if (asked.topic === 'docs') return refusal(400, 40_010, 'invalid request: topic name is not allowed')
    logins.push(headers.authorization)
    const known = [`Bearer ${token}`, `Basic ${Buffer.from('guard:pass word').toString('base64')}`]
    if (headers.authorization !== undefined && !known.includes(headers.authorization))
      return refusal(401, 40_101, 'unauthorized')
    if (reserved || (token !== '' && headers.authorization === undefined)) return refusal(403, 40_301, 'forbidden')
    const { sequence_id: sequence = null, priority = 3, actions = [] } = asked
    if (version >= 2.16 && sequence !== null && !/^[-_A-Za-z0-9]{1,64}$/.test(sequence))
      return refusal(400, 40_049, 'invalid request: sequence ID invalid')
    if (![1, 2, 3, 4, 5].includes(priority)) return refusal(400, 40_007, 'invalid priority parameter')
    if (actions.length > 3 || actions.some((one) => !one.label || !/^https?:\/\//.test(one.url)))
      return refusal(400, 40_018, 'invalid request: actions invalid')
    if (Buffer.byteLength(asked.title ?? '') > 1_024) return refusal(400, 40_057, 'invalid request: title too long')
    if (Buffer.byteLength((asked.tags ?? []).join('')) > 512)
      return refusal(400, 40_058, 'invalid request: tags too long')
    const attached = Buffer.byteLength(asked.message ?? '') > limit
    const told = {
      topic: asked.topic,
      title: asked.title ?? '',
      message: attached ? 'You received a file: attachment.txt' : (asked.message ?? 'triggered'),
      priority,
      tags: asked.tags ?? [],
      click: asked.click ?? null,
      actions,
      attached,
    }
    const before = version >= 2.16 ? shown.find((one) => sequence !== null && one.sequence === sequence) : undefined
    if (before) before.versions.push(told)
    else shown.push({ sequence, versions: [told] })
    const { attached: _, ...rest } = told
    return { status: 200, json: { id: `id${shown.length}`, time: 1, expires: 2, event: 'message', ...rest } }
  })
  return {
    ...emulator,
    topicUrl: `${emulator.url}/${topic}`,
    token,
    logins,
    get notifications() {
      return shown.map(({ versions }) => versions)
    },
    reserve() {
      reserved = true
    },
  }
}

interface Asked {
  topic: string
  title?: string
  message?: string
  priority?: number
  tags?: string[]
  click?: string
  actions?: NtfyMessage['actions']
  sequence_id?: string
}

function parse(body: string): Asked | null {
  try {
    return JSON.parse(body) as Asked
  } catch {
    return null
  }
}

/** The types that the server decodes into; another type is an error. */
function fits({ topic, title, message, priority, tags, click, actions, sequence_id: sequence }: Asked): boolean {
  const texts = [topic, title ?? '', message ?? '', click ?? '', sequence ?? '', ...(tags ?? [])]
  return (
    texts.every((one) => typeof one === 'string') && Number.isInteger(priority ?? 3) && Array.isArray(actions ?? [])
  )
}

function refusal(status: number, code: number, error: string): EmulatedAnswer {
  return { status, json: { code, http: status, error, link: 'https://ntfy.sh/docs/publish/' } }
}
