import { z } from 'zod'
import { countBetween, type World } from '../../electron/replay/world.ts'
import { nanosToDecimal } from '../../shared/money.ts'
import { dayMs, floorTo } from '../../shared/time.ts'
import { startEmulator, type Answers, type EmulatedAnswer, type Emulator } from './http.ts'

export const cursorKey = 'crsr_emulated0123456789abcdef0123456789abcdef'

export const startCursor = (world: World, members?: number): Promise<Emulator> =>
  startEmulator(cursorAnswers(world, members))

const question = z.strictObject({
  searchTerm: z.string().optional(),
  sortBy: z.enum(['amount', 'date', 'user']).optional(),
  sortDirection: z.enum(['asc', 'desc']).optional(),
  page: z.number().int().min(1).optional(),
  pageSize: z.number().int().min(1).max(100).optional(),
})

/** The Admin API as documented: Basic auth, numbered pages, cents beside dollars, since the cycle began. */
export function cursorAnswers(world: World, members = 3): Answers {
  return ({ method, url, headers, body }) => {
    const proof = Buffer.from((headers.authorization ?? '').replace('Basic ', ''), 'base64').toString()
    if (proof !== `${cursorKey}:`) return refuse(401, 'Invalid API key')
    const what = `${method} ${url.pathname}`
    const people = Array.from({ length: members }, (_, index) => person(index))
    if (what === 'GET /teams/members') return { status: 200, json: { teamMembers: people } }
    if (what !== 'POST /teams/spend') return refuse(404, 'Not found')
    const asked = question.safeParse(JSON.parse(body || '{}'))
    if (!asked.success) return refuse(400, `Invalid request: ${asked.error.issues[0]?.message}`)
    const { page = 1, pageSize = 50, sortBy = 'date' } = asked.data
    const spending = people.map(({ id, name, email, role }) => ({
      userId: `user_${id}`,
      name,
      email,
      role,
      ...spend(world, id),
    }))
    if (sortBy === 'amount') spending.sort((a, b) => b.spendCents - a.spendCents)
    const json = {
      teamMemberSpend: spending.slice((page - 1) * pageSize, page * pageSize),
      subscriptionCycleStart: cycleStartMs(world),
      totalMembers: members,
      totalPages: Math.ceil(members / pageSize),
    }
    return { status: 200, json }
  }
}

/** Of the emulated team: ten days ago, at noon. */
const cycleStartMs = (world: World) => floorTo(world.now(), dayMs) - 10 * dayMs + dayMs / 2

/** The first member spends what the flows count, the second a third of it, the others nothing on top of their seats. */
function spend(world: World, id: number) {
  const counted = countBetween(world, 'cursor', cycleStartMs(world), world.now(), world.usageDelayMs)
  const nanos = counted.reduce((sum, one) => sum + one.nanos, 0n)
  const mine = id === 1 ? nanos : id === 2 ? nanos / 3n : 0n
  const spendCents = Number(nanosToDecimal(mine * 100n))
  return {
    spendCents,
    includedSpendCents: 2_000,
    overallSpendCents: spendCents + 2_000,
    fastPremiumRequests: 12,
    hardLimitOverrideDollars: 0,
    monthlyLimitDollars: null,
  }
}

function person(index: number) {
  const name = index === 0 ? 'Alex' : index === 1 ? 'Sam' : `Member ${index + 1}`
  const email = `${name.toLowerCase().replace(' ', '-')}@example.com`
  return { id: index + 1, name, email, role: index === 0 ? 'owner' : 'member', isRemoved: false }
}

function refuse(status: number, message: string): EmulatedAnswer {
  return { status, json: { error: message, message } }
}
