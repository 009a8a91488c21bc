import { billedNanos, countBetween, type World } from '../../electron/replay/world.ts'
import { nanosToDecimal } from '../../shared/money.ts'
import { addDays, iso, startOfLocalDay, utcDay } from '../../shared/time.ts'
import { startEmulator, type Answers, type EmulatedAnswer, type EmulatedRequest, type Emulator } from './http.ts'

export const vercelKey = 'emulated0123456789abcdef'
export const vercelTeam = 'team_emulated'

const parameters = new Set(['from', 'to', 'teamId', 'slug'])
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/

export const startVercel = (world: World): Promise<Emulator> => startEmulator(vercelAnswers(world))

/** The charges as documented, and as seen: days of California, those alone that are over, and 404 where there are none. */
export function vercelAnswers(world: World): Answers {
  return ({ headers, url, method }: EmulatedRequest) => {
    const get = (name: string) => url.searchParams.get(name) ?? ''
    if (headers.authorization !== `Bearer ${vercelKey}`)
      return refuse(403, 'forbidden', 'Not authorized', { invalidToken: true })
    if (method !== 'GET' || url.pathname !== '/v1/billing/charges') return refuse(404, 'not_found', 'Not found')
    for (const name of url.searchParams.keys())
      if (!parameters.has(name)) return refuse(400, 'bad_request', `Unexpected query parameter ${name}.`)
    if (get('teamId') !== vercelTeam && get('slug') !== 'acme') return refuse(403, 'forbidden', 'Not authorized')
    if (!instant.test(get('from')) || !instant.test(get('to'))) return refuse(400, 'bad_request', 'Invalid date range.')
    const lines = charges(world, Date.parse(get('from')), Date.parse(get('to')))
    return lines.length === 0 ? refuse(404, 'costs_not_found', 'Costs not found') : { status: 200, lines }
  }
}

function charges(world: World, fromMs: number, toMs: number): unknown[] {
  const found: unknown[] = []
  for (let day = addDays(utcDay(fromMs), -1); day <= utcDay(toMs); day = addDays(day, 1)) {
    const startMs = startOfLocalDay(day, 'America/Los_Angeles')
    const endMs = startOfLocalDay(addDays(day, 1), 'America/Los_Angeles')
    if (endMs <= fromMs || endMs > Math.min(toMs, world.now())) continue
    for (const counted of countBetween(world, 'vercel', startMs, endMs, world.costDelayMs)) {
      found.push({
        BilledCost: Number(nanosToDecimal(billedNanos(world, counted, startMs))),
        EffectiveCost: 99,
        BillingCurrency: 'USD',
        ChargeCategory: 'Usage',
        ChargePeriodStart: iso(startMs),
        ChargePeriodEnd: iso(endMs),
        ConsumedQuantity: counted.output,
        ConsumedUnit: 'GB-hours',
        ServiceName: counted.flow.model,
        ServiceProviderName: 'Vercel',
        SkuId: 'function-duration',
        RegionId: 'iad1',
        Tags: { ProjectId: `prj_${counted.flow.project}`, ProjectName: counted.flow.project },
      })
    }
  }
  return found
}

function refuse(status: number, code: string, message: string, more: object = {}): EmulatedAnswer {
  return { status, json: { error: { code, message, ...more } } }
}
