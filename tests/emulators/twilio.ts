import { countBetween, type World } from '../../electron/replay/world.ts'
import { startEmulator, type Answers, type EmulatedAnswer, type Emulator } from './http.ts'
import type { TwilioMessages } from './twilio-messages.ts'

export const twilioSid = 'AC0123456789abcdef0123456789abcdef'
export const twilioSubaccount = 'ACfedcba9876543210fedcba9876543210'
/** A restricted key that may read usage, and nothing else. */
export const twilioKey = 'SK0123456789abcdef0123456789abcdef:emulated-secret-0123456789'
export const twilioToken = `${twilioSid}:emulated-token-0123456789`
/** A restricted key that may create and read messages, and nothing else. */
export const twilioSmsKey = 'SKfedcba9876543210fedcba9876543210:emulated-sms-secret-0123456789'
/** Credentials of the account's test mode: they send nothing. */
export const twilioTestToken = `${twilioSid}:emulated-test-token-0123456789`

const dayMs = 86_400_000
const mostRows = 1_000

export interface TwilioState {
  balance: string
  /** The sub-account is suspended: it is listed to whoever asks for all of them, and what it cost stays. */
  isSuspended: boolean
  triggers: { usage_category: string; trigger_by: string; trigger_value: string; recurring: string }[]
}

export const startTwilio = (world: World, state?: Partial<TwilioState>, messages?: TwilioMessages): Promise<Emulator> =>
  startEmulator(twilioAnswers(world, state, messages))

/**
 * The REST API of 2010-04-01 as documented: Basic authentication, the account in the path, days in GMT with both ends
 * part of the range, categories as overlapping trees, relative links to the next page, errors with numbers of their own.
 * A flow's model is its category (`sms`, `calls`), its project the sub-account.
 */
export function twilioAnswers(world: World, state: Partial<TwilioState> = {}, messages?: TwilioMessages): Answers {
  return (request) => {
    const { url, headers } = request
    const given = Buffer.from(/^Basic (.*)$/.exec(headers.authorization ?? '')?.[1] ?? '', 'base64').toString()
    if (given === twilioTestToken) return refuse(403, 20008, 'Resource not accessible with Test Account Credentials')
    if (![twilioKey, twilioToken, twilioSmsKey].includes(given)) return refuse(401, 20003, 'Authenticate')
    const isToken = given === twilioToken
    const denied = refuse(401, 70051, 'Authorization Failed: missing permission')
    const get = (name: string) => url.searchParams.get(name)
    if (url.pathname === '/2010-04-01/Accounts.json') {
      if (!isToken) return denied
      const own = { sid: twilioSid, friendly_name: 'Acme', owner_account_sid: twilioSid }
      const sub = { sid: twilioSubaccount, friendly_name: 'Acme EU', owner_account_sid: twilioSid }
      return answer({ accounts: state.isSuspended && get('Status') === 'active' ? [own] : [own, sub] })
    }
    const [, sid = '', resource = ''] = /^\/2010-04-01\/Accounts\/(AC[0-9a-f]{32})(.*)$/.exec(url.pathname) ?? []
    if (sid !== twilioSid && sid !== twilioSubaccount) return refuse(404, 20404, 'The requested resource was not found')
    if (sid === twilioSubaccount && !isToken) return refuse(401, 20003, 'Authenticate')
    const message = messages?.answers
    if (message && resource.startsWith('/Messages'))
      return given === twilioKey ? denied : (message(request, resource) ?? refuse(404, 20404, 'Not found'))
    if (given === twilioSmsKey) return denied
    if (resource === '.json') return isToken ? answer({ sid, friendly_name: 'Acme', status: 'active' }) : denied
    if (resource === '/Balance.json')
      return isToken ? answer({ account_sid: sid, balance: state.balance ?? '41.20', currency: 'USD' }) : denied
    if (resource === '/Usage/Triggers.json') return answer({ usage_triggers: state.triggers ?? [] })
    const day = /^\/Usage\/Records\/(Daily|Today)\.json$/.exec(resource)?.[1]
    if (!day) return refuse(404, 20404, 'The requested resource was not found')

    const size = Number(get('PageSize') ?? '50')
    if (!Number.isInteger(size) || size < 1 || size > mostRows) return refuse(400, 20001, 'PageSize: 1 to 1000')
    const today = Math.floor(world.now() / dayMs) * dayMs
    const fromMs = day === 'Today' ? today : Date.parse(`${get('StartDate')}T00:00:00Z`)
    const lastMs = day === 'Today' ? today : Date.parse(`${get('EndDate')}T00:00:00Z`)
    if (Number.isNaN(fromMs) || Number.isNaN(lastMs) || lastMs < fromMs) return refuse(400, 20001, 'Invalid date')
    if (lastMs > today) return refuse(404, 20404, 'The requested resource was not found')
    const withSubs = sid === twilioSid && get('IncludeSubaccounts') !== 'false'
    const wanted = get('Category')
    const rows: unknown[] = []
    // Newest first, as Twilio lists them.
    for (let at = lastMs; at >= fromMs; at -= dayMs)
      for (const [category, nanos] of Object.entries(pricesOf(world, at, sid, withSubs)))
        if (wanted === null || wanted === category) rows.push(record(sid, category, at, nanos, world.now()))
    const page = Number(get('Page') ?? '0')
    const more = (page + 1) * size < rows.length
    const next = new URLSearchParams(url.searchParams)
    next.set('Page', String(page + 1))
    next.set('PageToken', `PA${page + 1}`)
    return answer({
      usage_records: rows.slice(page * size, (page + 1) * size),
      page,
      page_size: size,
      next_page_uri: more ? `${url.pathname}?${next}` : null,
    })
  }
}

/** What a day cost by category, in trees: `totalprice` holds `sms`, which holds `sms-outbound`. */
function pricesOf(world: World, dayStartMs: number, sid: string, withSubs: boolean): Record<string, bigint> {
  const prices: Record<string, bigint> = { totalprice: 0n }
  const add = (category: string, nanos: bigint) => (prices[category] = (prices[category] ?? 0n) + nanos)
  const counted = countBetween(world, 'twilio', dayStartMs, dayStartMs + dayMs, world.usageDelayMs)
  for (const { flow, nanos } of counted) {
    if (flow.project !== sid && !withSubs) continue
    add('totalprice', nanos)
    add(flow.model, nanos)
    add(`${flow.model}-outbound`, nanos)
  }
  return prices
}

function record(sid: string, category: string, dayStartMs: number, nanos: bigint, nowMs: number) {
  const date = new Date(dayStartMs).toISOString().slice(0, 10)
  const price = `${nanos / 1_000_000_000n}.${(nanos % 1_000_000_000n).toString().padStart(9, '0')}`
  return {
    account_sid: sid,
    api_version: '2010-04-01',
    category,
    description: category,
    start_date: date,
    end_date: date,
    as_of: new Date(nowMs - (nowMs % 1_000)).toISOString().replace('.000Z', '+00:00'),
    count: null,
    count_unit: '',
    usage: price,
    usage_unit: 'usd',
    price,
    price_unit: 'usd',
  }
}

function answer(json: unknown): EmulatedAnswer {
  return { status: 200, json: { next_page_uri: null, ...(json as object) } }
}

function refuse(status: number, code: number, message: string): EmulatedAnswer {
  return { status, json: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } }
}
