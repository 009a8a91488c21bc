import { countBetween, type World } from '../../electron/replay/world.ts'
import { startEmulator, type Answers, type EmulatedAnswer, type Emulator } from './http.ts'

/** One that is restricted to User: Read, as it should be. */
export const elevenlabsKey = 'sk_emulated0123456789abcdef0123456789abcdef'
/** One that may do everything. */
export const elevenlabsFullKey = 'sk_emulatedfull0123456789abcdef0123456789ab'
/** One that may speak, and nothing else. */
export const elevenlabsSpeechKey = 'sk_emulatedspeech0123456789abcdef0123456789'

const permissions: Record<string, readonly string[]> = {
  [elevenlabsKey]: ['user_read'],
  [elevenlabsFullKey]: ['user_read', 'speech_history_read'],
  [elevenlabsSpeechKey]: [],
}

const endpoints: Record<string, string> = {
  'GET /v1/user/subscription': 'user_read',
  'GET /v1/history': 'speech_history_read',
}

export const startElevenlabs = (world: World): Promise<Emulator> => startEmulator(elevenlabsAnswers(world))

/** The subscription as documented: credits by the month, keys with permissions, a refusal that says 401 for both. */
export function elevenlabsAnswers(world: World): Answers {
  return ({ method, url, headers }) => {
    const may = permissions[String(headers['xi-api-key'])]
    if (!may) return refuse(401, 'invalid_api_key', 'Invalid API key')
    const needs = endpoints[`${method} ${url.pathname}`]
    if (!needs) return refuse(404, 'not_found', 'Not Found')
    if (!may.includes(needs))
      return refuse(
        401,
        'missing_permissions',
        `The API key you used is missing the permission ${needs} to execute this operation.`,
      )
    return { status: 200, json: needs === 'user_read' ? subscription(world) : { history: [], has_more: false } }
  }
}

/** Periods begin on the fifth at noon. A credit is a token of input of the flows. */
function subscription(world: World) {
  const now = new Date(world.now())
  const thisMonth = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 5, 12)
  const [fromMs, resetMs] =
    world.now() < thisMonth
      ? [Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 5, 12), thisMonth]
      : [thisMonth, Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 5, 12)]
  const counted = countBetween(world, 'elevenlabs', fromMs, world.now(), world.usageDelayMs)
  return {
    tier: 'creator',
    character_count: counted.reduce((sum, { input }) => sum + input, 0),
    character_limit: 100_000,
    can_extend_character_limit: true,
    allowed_to_extend_character_limit: true,
    next_character_count_reset_unix: resetMs / 1_000,
    currency: 'usd',
    status: 'active',
    billing_period: 'monthly_period',
    character_refresh_period: 'monthly_period',
    current_overage: { amount: '0', currency: 'usd' },
    has_open_invoices: false,
  }
}

function refuse(status: number, reason: string, message: string): EmulatedAnswer {
  return { status, json: { detail: { status: reason, message } } }
}
