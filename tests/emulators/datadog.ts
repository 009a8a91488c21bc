import { billedNanos, countBetween, type World } from '../../electron/replay/world.ts'
import { nanosToDecimal } from '../../shared/money.ts'
import { dayMs, utcDay } from '../../shared/time.ts'
import { startEmulator, type Answers, type EmulatedAnswer, type EmulatedRequest, type Emulator } from './http.ts'

const apiKey = '0123456789abcdef0123456789abcdef'
const applicationKey = '0123456789abcdef0123456789abcdef01234567'
export const datadogKey = `${apiKey}:${applicationKey}`

const parameters = new Set(['view', 'start_month', 'end_month', 'start_date', 'end_date', 'include_connected_accounts'])
const day = /^\d{4}-\d{2}-\d{2}$/

export const startDatadog = (world: World): Promise<Emulator> => startEmulator(datadogAnswers(world))

/** Usage metering as documented: two keys, this month and the one before, and a total of the month so far for each date. */
export function datadogAnswers(world: World): Answers {
  return ({ headers, url }: EmulatedRequest) => {
    if (headers['dd-api-key'] !== apiKey || headers['dd-application-key'] !== applicationKey)
      return refuse(403, 'Forbidden')
    if (url.pathname === '/api/v2/validate_keys') return { status: 200, json: { status: 'ok' } }
    if (url.pathname !== '/api/v2/usage/estimated_cost') return refuse(404, 'Not found')
    return costs(world, url)
  }
}

function costs(world: World, url: URL): EmulatedAnswer {
  const get = (name: string) => url.searchParams.get(name) ?? ''
  const strange = [...url.searchParams.keys()].find((name) => !parameters.has(name))
  if (strange) return refuse(400, `Unknown parameter ${strange}`)
  if (!day.test(get('start_date')) || !day.test(get('end_date'))) return refuse(400, 'Invalid date')
  const now = new Date(world.now())
  const oldest = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1)
  if (Date.parse(get('start_date')) < oldest) return refuse(400, 'start_date cannot go beyond two months in the past')
  const data: unknown[] = []
  for (let at = Date.parse(get('start_date')); at <= Date.parse(get('end_date')); at += dayMs) {
    // A date appears once it is old enough.
    if (at + dayMs > world.now() - world.costDelayMs) break
    data.push(...monthToDate(world, at))
  }
  return { status: 200, json: { data } }
}

function monthToDate(world: World, dayStartMs: number): unknown[] {
  const at = new Date(dayStartMs)
  const firstMs = Date.UTC(at.getUTCFullYear(), at.getUTCMonth())
  return countBetween(world, 'datadog', firstMs, dayStartMs + dayMs, world.costDelayMs).map((counted) => {
    const cost = Number(nanosToDecimal(billedNanos(world, counted, firstMs)))
    const charge = (type: string, share: number) => ({
      product_name: counted.flow.model,
      charge_type: type,
      cost: cost * share,
      last_aggregation_function: 'sum',
    })
    return {
      id: `${utcDay(dayStartMs)}-${counted.flow.project}`,
      type: 'cost_by_org',
      attributes: {
        date: `${utcDay(dayStartMs)}T00:00:00Z`,
        org_name: counted.flow.project,
        public_id: 'abc123',
        region: 'us',
        total_cost: cost,
        charges: [charge('committed', 0.25), charge('on_demand', 0.75), charge('total', 1)],
      },
    }
  })
}

function refuse(status: number, message: string): EmulatedAnswer {
  return { status, json: { errors: [message] } }
}
