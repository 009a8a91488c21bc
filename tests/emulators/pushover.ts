import { startEmulator, type Answers, type EmulatedAnswer, type Emulator } from './http.ts'

export const pushoverToken = 'aEmulatedToken0123456789abcdef'
export const pushoverUser = 'uEmulatedUser00123456789abcdef'
export const pushoverSecret = `${pushoverToken}:${pushoverUser}`

export interface PushoverEmulator extends Emulator {
  messages: Record<string, string>[]
  /** Of emergencies, and whether it still calls. */
  receipts: Map<string, { isCalling: boolean }>
  state: { isUserGone: boolean; hasDevices: boolean; remaining: number; resetMs: number }
}

const known = new Set(
  'token user message title url url_title priority retry expire device timestamp html monospace sound ttl callback tags'.split(
    ' ',
  ),
)
const longest: Record<string, number> = { message: 1_024, title: 250, url: 512, url_title: 100 }

/** The Messages and Receipts API as documented: pushover.net/api and /api/receipts. It keeps what it was told. */
export async function startPushover(): Promise<PushoverEmulator> {
  const messages: PushoverEmulator['messages'] = []
  const receipts: PushoverEmulator['receipts'] = new Map()
  const state: PushoverEmulator['state'] = { isUserGone: false, hasDevices: true, remaining: 9_999, resetMs: 0 }
  let requests = 0
  const request = () => `emulated-request-${++requests}`
  const refuse = (errors: string[], facts: object = {}, status = 400): EmulatedAnswer => ({
    status,
    json: { ...facts, errors, status: 0, request: request() },
  })

  const answers: Answers = ({ method, url, body }) => {
    const form = Object.fromEntries(new URLSearchParams(body))
    const badToken = { token: 'invalid' }
    if (method !== 'POST') return refuse(['not found'], {}, 404)
    if (form['token'] !== pushoverToken)
      return refuse(['application token is invalid, see https://pushover.net/api'], badToken)
    const cancelled = /^\/1\/receipts\/(\w{30})\/cancel\.json$/.exec(url.pathname)?.[1]
    if (cancelled) {
      const receipt = receipts.get(cancelled)
      if (!receipt) return refuse(['receipt not found; may be invalid or expired'], { receipt: 'not found' }, 404)
      receipt.isCalling = false
      return { status: 200, json: { status: 1, request: request() } }
    }
    if (url.pathname !== '/1/messages.json') return refuse(['not found'], {}, 404)
    const strange = Object.keys(form).find((name) => !known.has(name))
    if (strange) throw new Error(`Pushover has no parameter ${strange}`)
    if (state.remaining === 0)
      return {
        ...refuse(['application has reached its monthly limit'], {}, 429),
        headers: { 'x-limit-app-remaining': '0', 'x-limit-app-reset': String(Math.floor(state.resetMs / 1_000)) },
      }
    if (state.isUserGone || form['user'] !== pushoverUser)
      return refuse(['user identifier is not a valid user, group, or subscribed user key'], { user: 'invalid' })
    if (!form['message']) return refuse(['message cannot be blank'], { message: 'cannot be blank' })
    for (const [name, most] of Object.entries(longest))
      if ([...(form[name] ?? '')].length > most)
        return refuse([`${name} is too long (maximum is ${most} characters)`], { [name]: 'is too long' })
    if (!['-2', '-1', '0', '1', '2'].includes(form['priority'] ?? '0'))
      return refuse(['priority is invalid'], { priority: 'is invalid' })
    const isEmergency = form['priority'] === '2'
    if (isEmergency && !(Number(form['retry']) >= 30))
      return refuse(['retry must be at least 30 seconds'], { retry: 'is invalid' })
    if (isEmergency && !(Number(form['expire']) <= 10_800))
      return refuse(['expire must be supplied with priority=2'], { expire: 'is invalid' })
    if (!state.hasDevices)
      return { status: 200, json: { status: 1, info: 'no active devices to send to', request: request() } }
    messages.push(form)
    state.remaining--
    const receipt = isEmergency ? `r${String(messages.length).padStart(29, '0')}` : null
    if (receipt) receipts.set(receipt, { isCalling: true })
    return {
      status: 200,
      json: { status: 1, request: request(), ...(receipt ? { receipt } : {}) },
      headers: { 'x-limit-app-limit': '10000', 'x-limit-app-remaining': String(state.remaining) },
    }
  }
  return { ...(await startEmulator(answers)), messages, receipts, state }
}
