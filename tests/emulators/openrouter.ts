import { billedNanos, countBetween, type World } from '../../electron/replay/world.ts'
import { nanosToDecimal } from '../../shared/money.ts'
import { dayMs, floorTo, utcDay } from '../../shared/time.ts'
import { startEmulator, type Answers, type EmulatedAnswer, type EmulatedRequest, type Emulator } from './http.ts'

export const openrouterKey = 'sk-or-v1-emulated-management-0123456789'
/** One that is for inference: it may ask about itself alone. */
export const openrouterOrdinaryKey = 'sk-or-v1-emulated-ordinary-0123456789'

export const startOpenrouter = (world: World, keys?: readonly string[]): Promise<Emulator> =>
  startEmulator(openrouterAnswers(world, keys))

/** The analytics, credits and key endpoints as documented: both kinds of keys, and days that are over only. */
export function openrouterAnswers(world: World, names: readonly string[] = ['Production']): Answers {
  return (request) => {
    const key = request.headers.authorization?.replace('Bearer ', '')
    const manages = key === openrouterKey
    if (!manages && key !== openrouterOrdinaryKey) return refuse(401, 'User not found.')
    const { pathname } = request.url
    if (pathname === '/api/v1/key') return ownKey(world, manages)
    if (!['/api/v1/activity', '/api/v1/credits', '/api/v1/keys'].includes(pathname)) return refuse(404, 'Not Found')
    if (!manages) return refuse(403, 'Only management keys can perform this operation')
    if (pathname === '/api/v1/keys') return keys(request, names)
    return pathname === '/api/v1/activity' ? activity(world, request) : credits(world)
  }
}

/** Since when the emulated account exists. */
const since = (world: World) => floorTo(world.now(), dayMs) - 40 * dayMs

/** Day by day, as it is billed, so that the running total never disagrees with the days. */
function usedNanos(world: World): bigint {
  let sum = 0n
  for (let day = since(world); day < world.now(); day += dayMs)
    for (const one of countBetween(world, 'openrouter', day, day + dayMs, 0)) sum += billedNanos(world, one, day)
  return sum
}

function activity(world: World, { url }: EmulatedRequest): EmulatedAnswer {
  const date = url.searchParams.get('date')
  const strange = [...url.searchParams.keys()].find((name) => !['date', 'api_key_hash', 'user_id'].includes(name))
  if (strange) return refuse(400, `Unrecognized key: ${strange}`)
  const today = floorTo(world.now(), dayMs)
  const days = Array.from({ length: 30 }, (_, index) => today - (index + 1) * dayMs)
  if (date !== null && !days.some((day) => utcDay(day) === date))
    return refuse(400, 'Date must be within the last 30 (completed) UTC days')
  const data = days
    .filter((day) => date === null || utcDay(day) === date)
    .flatMap((day) =>
      countBetween(world, 'openrouter', day, day + dayMs, world.costDelayMs).map((one) => ({
        date: utcDay(day),
        model: one.flow.model,
        model_permaslug: `${one.flow.model}-2026-08-01`,
        endpoint_id: '550e8400-e29b-41d4-a716-446655440000',
        provider_name: one.flow.project,
        usage: Number(nanosToDecimal(billedNanos(world, one, day))),
        byok_usage_inference: 99.5,
        requests: Math.ceil(one.output / 500),
        prompt_tokens: one.input + one.cached,
        completion_tokens: one.output,
        reasoning_tokens: Math.floor(one.output / 2),
      })),
    )
  return { status: 200, json: { data } }
}

function credits(world: World): EmulatedAnswer {
  return {
    status: 200,
    json: { data: { total_credits: 5_000, total_usage: Number(nanosToDecimal(usedNanos(world))) } },
  }
}

/** Keys by the hundred. The first may use ten dollars a day, those called `old` are disabled, the rest have no limit. */
function keys({ url }: EmulatedRequest, names: readonly string[]): EmulatedAnswer {
  const offset = Number(url.searchParams.get('offset') ?? '0')
  const data = names.slice(offset, offset + 100).map((name, index) => ({
    hash: `f01d${offset + index}`,
    name,
    label: `sk-or-v1-${index}...`,
    disabled: name === 'old',
    limit: offset + index === 0 || name === 'old' ? 10 : null,
    limit_remaining: offset + index === 0 ? 7.5 : null,
    limit_reset: offset + index === 0 ? 'daily' : null,
    usage: 25.5,
    usage_daily: 2.5,
  }))
  return { status: 200, json: { data } }
}

function ownKey(world: World, manages: boolean): EmulatedAnswer {
  const usage = manages ? 0 : Number(nanosToDecimal(usedNanos(world)))
  const data = {
    label: manages ? 'sk-or-v1-emu...mgt' : 'sk-or-v1-emu...ord',
    limit: manages ? null : 100,
    limit_remaining: manages ? null : 60,
    limit_reset: manages ? null : 'monthly',
    usage,
    usage_daily: usage,
    usage_weekly: usage,
    usage_monthly: usage,
    byok_usage: 17.38,
    is_free_tier: false,
    is_management_key: manages,
    is_provisioning_key: manages,
  }
  return { status: 200, json: { data } }
}

function refuse(code: number, message: string): EmulatedAnswer {
  return { status: code, json: { error: { code, message } } }
}
