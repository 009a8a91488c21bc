import { countBetween, type World } from '../../electron/replay/world.ts'
import { startEmulator, type Answers, type EmulatedAnswer, type Emulator } from './http.ts'

export const acmeKey = 'acme-read-0123456789'

const dayMs = 86_400_000
const mostDays = 31
const rowsPerPage = 20

export const startAcme = (world: World): Promise<Emulator> => startEmulator(acmeAnswers(world))

/**
 * An API as many vendors have one: costs by UTC day for at most 31 days, in pages with a cursor; what today cost so far,
 * in cents; and prepaid credits. Parameters that it does not know are refused. A day without spend has no row.
 */
export function acmeAnswers(world: World): Answers {
  return ({ url, headers }) => {
    if (headers.authorization !== `Bearer ${acmeKey}`) return refuse(401, 'Unknown key')
    const today = Math.floor(world.now() / dayMs) * dayMs
    if (url.pathname === '/v1/today')
      return answer({
        date: dateOf(today),
        spent_cents: rowsOf(world, today).map(({ nanos, ...row }) => ({ ...row, cents: decimal(nanos * 100n) })),
      })
    if (url.pathname === '/v1/credits') return answer({ credits: [{ currency: 'usd', left: '41.200000001' }] })
    if (url.pathname !== '/v1/costs') return refuse(404, 'No such resource')

    const strange = [...url.searchParams.keys()].find((name) => !['from', 'to', 'page'].includes(name))
    if (strange !== undefined) return refuse(400, `Unknown parameter ${strange}`)
    const [fromMs, toMs] = ['from', 'to'].map((name) => Date.parse(`${url.searchParams.get(name)}T00:00:00Z`))
    if (fromMs === undefined || toMs === undefined || !(fromMs < toMs)) return refuse(400, 'from and to are dates')
    if (toMs - fromMs > mostDays * dayMs) return refuse(400, `At most ${mostDays} days`)
    const rows: unknown[] = []
    for (let at = fromMs; at < Math.min(toMs, today + 1); at += dayMs)
      for (const { nanos, ...row } of rowsOf(world, at)) rows.push({ date: dateOf(at), ...row, cost: decimal(nanos) })
    const start = Number(url.searchParams.get('page') ?? '0')
    const end = start + rowsPerPage
    return answer({ data: rows.slice(start, end), next_page: end < rows.length ? String(end) : null })
  }
}

/** Spend of one UTC day by model and project. */
function rowsOf(world: World, dayStartMs: number) {
  return countBetween(world, 'custom', dayStartMs, dayStartMs + dayMs, world.usageDelayMs).map(({ flow, nanos }) => ({
    model: flow.model,
    project: { id: flow.project, name: `Project ${flow.project}` },
    nanos,
  }))
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

function decimal(nanos: bigint): string {
  return `${nanos / 1_000_000_000n}.${(nanos % 1_000_000_000n).toString().padStart(9, '0')}`
}

function answer(json: unknown): EmulatedAnswer {
  return { status: 200, json }
}

function refuse(status: number, message: string): EmulatedAnswer {
  return { status, json: { error: { message } } }
}

/** The manifest of this API. */
export const acmeManifest = {
  version: 1,
  name: 'Acme AI',
  origin: 'https://api.acme.example',
  auth: { headers: { authorization: 'Bearer {key}' } },
  feeds: [
    {
      id: 'costs',
      reads: 'spend',
      plane: 'billed',
      width: 'day',
      lateByMinutes: 60,
      split: 31,
      request: { path: '/v1/costs', query: { from: '{from:date}', to: '{to:date}' } },
      pages: { kind: 'cursor', parameter: 'page', next: 'next_page' },
      rows: 'data',
      start: 'date',
      amount: 'cost',
      currency: { fixed: 'USD' },
      model: 'model',
      project: 'project.name',
    },
    {
      id: 'today',
      reads: 'total',
      plane: 'estimate',
      since: { at: 'row.date' },
      lateByMinutes: 5,
      everyMinutes: 5,
      request: { path: '/v1/today' },
      rows: '[@]',
      parts: 'spent_cents',
      amount: 'part.cents',
      amountIn: 'cents',
      currency: { fixed: 'USD' },
      model: 'part.model',
      project: 'part.project.name',
    },
    {
      id: 'credits',
      reads: 'balance',
      plane: 'none',
      lateByMinutes: 5,
      everyMinutes: 5,
      request: { path: '/v1/credits' },
      rows: 'credits',
      amount: 'left',
      currency: 'currency',
    },
  ],
}
