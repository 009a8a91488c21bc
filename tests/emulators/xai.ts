import { z } from 'zod'
import { billedNanos, countBetween, type World } from '../../electron/replay/world.ts'
import { nanosToDecimal } from '../../shared/money.ts'
import { dayMs, floorTo, iso } from '../../shared/time.ts'
import { startEmulator, type Answers, type EmulatedAnswer, type EmulatedRequest, type Emulator } from './http.ts'

export const xaiKey = 'xai-token-emulated-0123456789abcdef'
export const xaiTeam = '65c1e471-205f-4566-9c5a-07198badf4ce'

export interface XaiTraits {
  /** The key may see and change API keys, too. */
  seesKeys?: boolean
  /** More groups than this make the usage stop short. */
  mostGroups?: number
}

export const startXai = (world: World, traits?: XaiTraits): Promise<Emulator> =>
  startEmulator(xaiAnswers(world, traits))

/** The billing part of the Management API as documented: usage in dollars by POST, invoices in cents as text. */
export function xaiAnswers(world: World, { seesKeys = false, mostGroups = 100 }: XaiTraits = {}): Answers {
  return (request) => {
    if (request.headers.authorization !== `Bearer ${xaiKey}`) return refuse(401, 16, 'Invalid or expired credentials')
    const { pathname } = request.url
    const what = `${request.method} ${pathname}`
    if (what === 'GET /auth/management-keys/validation')
      return { status: 200, json: { apiKeyId: 'b86b', teamId: xaiTeam, scope: 'SCOPE_TEAM', scopeId: xaiTeam } }
    if (what === `GET /auth/teams/${xaiTeam}/api-keys`)
      return seesKeys ? { status: 200, json: { apiKeys: [] } } : refuse(403, 7, 'Permission denied')
    const billing = /^(GET|POST) \/v1\/billing\/teams\/([^/]+)\/(.+)$/.exec(what)
    if (!billing) return refuse(404, 5, 'Not Found')
    if (billing[2] !== xaiTeam) return refuse(404, 5, 'Team not found')
    if (billing[1] === 'POST' && billing[3] === 'usage') return usage(world, request, mostGroups)
    if (billing[1] === 'GET' && billing[3] === 'postpaid/invoice/preview') return invoice(world)
    if (billing[1] === 'GET' && billing[3] === 'postpaid/spending-limits') return limits
    return refuse(404, 5, 'Not Found')
  }
}

const clock = z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/)
const usageQuestion = z.strictObject({
  analyticsRequest: z.strictObject({
    timeRange: z.strictObject({ startTime: clock, endTime: clock, timezone: z.enum(['Etc/GMT', 'Etc/UTC']) }),
    timeUnit: z.literal('TIME_UNIT_DAY'),
    values: z.tuple([z.strictObject({ name: z.literal('usd'), aggregation: z.literal('AGGREGATION_SUM') })]),
    groupBy: z.array(z.enum(['description'])),
    filters: z.array(z.string()),
  }),
})

function usage(world: World, { body }: EmulatedRequest, mostGroups: number): EmulatedAnswer {
  const asked = usageQuestion.safeParse(JSON.parse(body || 'null'))
  if (!asked.success) return refuse(400, 3, `invalid analyticsRequest: ${asked.error.issues[0]?.path.join('.')}`)
  const { timeRange, groupBy } = asked.data.analyticsRequest
  const [fromMs = 0, toMs = 0] = [timeRange.startTime, timeRange.endTime].map((text) => Date.parse(`${text}Z`))
  const series = new Map<string, { timestamp: string; values: number[] }[]>()
  for (let day = floorTo(fromMs, dayMs); day < Math.min(toMs, world.now()); day += dayMs) {
    const sums = new Map<string, bigint>()
    for (const one of countBetween(world, 'xai', day, day + dayMs, world.costDelayMs)) {
      const name = groupBy.length > 0 ? `Chat ${one.flow.model}` : ''
      sums.set(name, (sums.get(name) ?? 0n) + billedNanos(world, one, day))
    }
    for (const [name, nanos] of sums) {
      const points = series.get(name) ?? []
      points.push({ timestamp: iso(day).replace('.000Z', 'Z'), values: [Number(nanosToDecimal(nanos))] })
      series.set(name, points)
    }
  }
  const timeSeries = [...series].slice(0, mostGroups).map(([name, dataPoints]) => {
    const group = groupBy.length > 0 ? [name] : []
    return { group, groupLabels: group, dataPoints }
  })
  return { status: 200, json: { timeSeries, limitReached: series.size > mostGroups } }
}

/** The month so far; what was paid ahead is used up first, and is part of the total. */
function invoice(world: World): EmulatedAnswer {
  const now = new Date(world.now())
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()]
  const counted = countBetween(world, 'xai', Date.UTC(year, month), world.now(), world.usageDelayMs)
  const lines = counted.map(({ flow, nanos }) => ({
    description: `API ${flow.model}`,
    unitType: 'Prompt text tokens',
    numUnits: '1',
    amount: String(nanos / 10_000_000n),
  }))
  const total = lines.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
  const coreInvoice = {
    lines,
    totalWithCorr: { val: String(total) },
    prepaidCredits: { val: '-5170' },
    prepaidCreditsUsed: { val: String(-total) },
  }
  const billingCycle = { year, month: month + 1 }
  return { status: 200, json: { coreInvoice, effectiveSpendingLimit: '0', defaultCredits: '0', billingCycle } }
}

const limits: EmulatedAnswer = {
  status: 200,
  json: {
    spendingLimits: {
      hardSlAuto: { val: '22500' },
      effectiveHardSl: { val: '22500' },
      softSl: { val: '20000' },
      effectiveSl: { val: '20000' },
    },
  },
}

function refuse(status: number, code: number, message: string): EmulatedAnswer {
  return { status, json: { code, message, details: [] } }
}
