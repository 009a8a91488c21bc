import { createHmac, timingSafeEqual } from 'node:crypto'
import { startEmulator, type Answers, type Emulator } from './http.ts'

export interface WebhookReceived {
  id: string
  timestamp: number
  /** The very bytes that were signed. */
  body: string
  headers: Record<string, string>
}

export interface WebhookReceiver extends Emulator {
  receiverUrl: string
  secret: string
  /** What came with a good signature. */
  received: WebhookReceived[]
  /** It wants no more. */
  unsubscribe(): void
}

/** 32 bytes, so that the receiver of a test need not be told. */
const key = Buffer.alloc(32, 'emulated')

/** A receiver that checks what it gets as the Standard Webhooks specification says, but for the time. */
export async function startWebhook(): Promise<WebhookReceiver> {
  const received: WebhookReceived[] = []
  let isOpen = true
  const answers: Answers = ({ method, url, headers, body }) => {
    if (url.pathname !== '/hooks/emulated-path-token') return { status: 404, text: 'not here' }
    if (!isOpen) return { status: 410, text: '' }
    if (method !== 'POST') return { status: 405, text: '' }
    const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
      String(headers[name] ?? ''),
    ) as [string, string, string]
    if (!id || id.includes('.') || !/^\d{10}$/.test(timestamp)) return { status: 400, text: 'headers' }
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest()
    const isGood = signatures.split(' ').some((signature) => {
      const given = Buffer.from(/^v1,(.+)$/.exec(signature)?.[1] ?? '', 'base64')
      return given.length === expected.length && timingSafeEqual(given, expected)
    })
    if (!isGood) return { status: 401, text: 'signature' }
    received.push({ id, timestamp: Number(timestamp), body, headers: headers as Record<string, string> })
    return { status: 204 }
  }
  const emulator = await startEmulator(answers)
  return {
    ...emulator,
    receiverUrl: `${emulator.url}/hooks/emulated-path-token`,
    secret: `whsec_${key.toString('base64')}`,
    received,
    unsubscribe: () => void (isOpen = false),
  }
}
