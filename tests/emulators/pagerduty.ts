import { startEmulator, type Answers, type EmulatedAnswer, type Emulator } from './http.ts'

export interface PagerDutyReceived {
  routing_key: string
  event_action: string
  dedup_key?: string
  links?: { href: string; text?: string }[]
  payload?: {
    summary: string
    source: string
    severity: string
    timestamp?: string
    custom_details?: Record<string, unknown>
  }
}

export interface PagerDutyIncident {
  key: string
  state: 'triggered' | 'acknowledged' | 'resolved'
  /** What was applied to it, the first trigger included. */
  events: PagerDutyReceived[]
}

export interface PagerDutyEmulator extends Emulator {
  routingKey: string
  /** Each of these woke somebody once, when it was opened. */
  incidents: PagerDutyIncident[]
  deleteIntegration(): void
}

const severities = new Set(['critical', 'error', 'warning', 'info'])
const largestBytes = 512 * 1_024

/** The Events API v2 of one service, as documented: events of a key go to the open incident of that key. */
export async function startPagerDuty(): Promise<PagerDutyEmulator> {
  const routingKey = 'e93facc04764012d7bfb002500d5d1a6'
  const incidents: PagerDutyIncident[] = []
  let isThere = true

  function take(event: PagerDutyReceived & { dedup_key: string }): void {
    const open = incidents.find(({ key, state }) => key === event.dedup_key && state !== 'resolved')
    open?.events.push(event)
    if (event.event_action === 'trigger') {
      if (!open) incidents.push({ key: event.dedup_key, state: 'triggered', events: [event] })
    } else if (open) open.state = event.event_action === 'resolve' ? 'resolved' : 'acknowledged'
  }

  const answers: Answers = ({ method, url, body }): EmulatedAnswer => {
    if (method !== 'POST' || url.pathname !== '/v2/enqueue') return { status: 404, json: { status: 'not found' } }
    if (Buffer.byteLength(body) > largestBytes) return { status: 413, json: { status: 'too large' } }
    const event = JSON.parse(body) as PagerDutyReceived
    const errors = errorsIn(event)
    if (errors.length === 0 && (!isThere || event.routing_key !== routingKey)) errors.push('Invalid routing key')
    if (errors.length > 0)
      return { status: 400, json: { status: 'invalid event', message: 'Event object is invalid', errors } }
    const dedup_key = event.dedup_key ?? `generated-${incidents.length}`
    take({ ...event, dedup_key })
    return { status: 202, json: { status: 'success', message: 'Event processed', dedup_key } }
  }
  return {
    ...(await startEmulator(answers)),
    routingKey,
    incidents,
    deleteIntegration: () => void (isThere = false),
  }
}

function errorsIn({ routing_key, event_action, dedup_key, payload, links }: PagerDutyReceived): string[] {
  const errors: string[] = []
  const demand = (isMet: boolean, error: string) => void (isMet || errors.push(error))
  demand(routing_key.length === 32, "Length of 'routing_key' is incorrect (should be 32 characters)")
  demand(['trigger', 'acknowledge', 'resolve'].includes(event_action), "'event_action' is invalid")
  demand(event_action === 'trigger' || Boolean(dedup_key), "'dedup_key' is missing or blank")
  demand((dedup_key ?? '').length <= 255, "'dedup_key' is too long")
  demand(
    (links ?? []).every(({ href }) => URL.canParse(href)),
    "'links' is invalid",
  )
  if (event_action !== 'trigger') return errors
  const { summary = '', source = '', severity = '', custom_details = {} } = payload ?? {}
  demand(summary !== '', "'payload.summary' is missing or blank")
  demand(summary.length <= 1_024, "'payload.summary' is too long")
  demand(source !== '', "'payload.source' is missing or blank")
  demand(
    severities.has(severity),
    "'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')",
  )
  demand(typeof custom_details === 'object' && !Array.isArray(custom_details), "'payload.custom_details' is invalid")
  return errors
}
