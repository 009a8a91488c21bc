import { billedNanos, countBetween, type World } from '../../electron/replay/world.ts'
import { nanosToDecimal } from '../../shared/money.ts'
import { dayMs, iso } from '../../shared/time.ts'
import { startEmulator, type Answers, type EmulatedAnswer, type EmulatedRequest, type Emulator } from './http.ts'

export const cloudflareKey = 'cfut_emulated0123456789abcdef0123456789abcdef'
export const cloudflareAccount = '023e105f4ecef8ad9ca31a8372d0c353'

/** Cycles begin on the 8th. */
const anchorDay = 8
const day = /^\d{4}-\d{2}-\d{2}$/

export const startCloudflare = (world: World): Promise<Emulator> => startEmulator(cloudflareAnswers(world))

/** Billable usage as documented: wrapped answers, and nothing for a span without the day on which a cycle begins. */
export function cloudflareAnswers(world: World): Answers {
  return ({ headers, url }: EmulatedRequest) => {
    if (headers.authorization !== `Bearer ${cloudflareKey}`) return refuse(401, 1000, 'Invalid API Token')
    const [, account, path] = /^\/client\/v4\/accounts\/([^/]*)\/(.*)$/.exec(url.pathname) ?? []
    if (account === undefined || !/^[0-9a-f]{32}$/.test(account))
      return refuse(400, 7003, 'Could not route to that, perhaps your object identifier is invalid?')
    if (account !== cloudflareAccount) return refuse(403, 10000, 'Authentication error')
    if (path === 'billable-usage/info') return wrap(info)
    if (path === 'billable-usage') return usage(world, url)
    return refuse(403, 10000, 'Authentication error')
  }
}

const info = {
  covered: true,
  subscriptions: [
    {
      id: '3F3CD4CQ6N7FXO7IK6NVFJBOYA',
      billing_cycle_anchor_timestamp: `2025-02-0${anchorDay}T14:20:00Z`,
      start_timestamp: `2025-02-0${anchorDay}T14:20:00Z`,
    },
  ],
}

function usage(world: World, url: URL): EmulatedAnswer {
  const get = (name: string) => url.searchParams.get(name) ?? ''
  const strange = [...url.searchParams.keys()].some((name) => name !== 'from' && name !== 'to')
  if (strange || !day.test(get('from')) || !day.test(get('to')))
    return refuse(
      400,
      1183,
      'Invalid request parameters: Please ensure all required parameters are correctly formatted.',
    )
  const days: number[] = []
  for (let at = Date.parse(get('from')); at <= Date.parse(get('to')); at += dayMs) days.push(at)
  const anchors = days.filter((at) => new Date(at).getUTCDate() === anchorDay)
  // Of a span with several cycles only the first one comes.
  const untilMs = anchors[1] ?? Infinity
  return wrap(anchors.length === 0 ? [] : days.filter((at) => at < untilMs).flatMap((at) => rows(world, at)))
}

function rows(world: World, dayStartMs: number): unknown[] {
  return countBetween(world, 'cloudflare', dayStartMs, dayStartMs + dayMs, world.costDelayMs).map((counted) => {
    const cost = Number(nanosToDecimal(billedNanos(world, counted, dayStartMs)))
    return {
      BilledCost: cost,
      ContractedCost: cost,
      ListCost: cost,
      CumulatedContractedCost: 999,
      BillingCurrency: 'USD',
      ChargeCategory: 'Usage',
      ChargeClass: null,
      ChargePeriodStart: iso(dayStartMs).replace('.000', ''),
      ChargePeriodEnd: iso(dayStartMs + dayMs).replace('.000', ''),
      ConsumedQuantity: counted.output,
      ConsumedUnit: '',
      ServiceFamilyName: 'Workers',
      ServiceName: counted.flow.model,
      SubscriptionId: info.subscriptions[0]?.id,
      ZoneId: null,
      ZoneName: null,
    }
  })
}

function wrap(result: unknown): EmulatedAnswer {
  return { status: 200, json: { success: true, errors: [], messages: [], result } }
}

function refuse(status: number, code: number, message: string): EmulatedAnswer {
  return { status, json: { success: false, errors: [{ code, message }], messages: [], result: null } }
}
