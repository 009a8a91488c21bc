import { countBetween, type World } from '../../electron/replay/world.ts'
import { dayMs, floorTo } from '../../shared/time.ts'
import { startEmulator, type Answers, type EmulatedAnswer, type Emulator } from './http.ts'

export const deepseekKey = 'sk-emulated0123456789abcdef'

/** What a person paid in, and when; the account starts with the first payment. */
export interface Payment {
  atMs: number
  cents: bigint
}

export const startDeepseek = (world: World, payments?: readonly Payment[]): Promise<Emulator> =>
  startEmulator(deepseekAnswers(world, payments))

/** The balance as documented: text with two decimals, by currency; nothing but the balance. */
export function deepseekAnswers(
  world: World,
  payments: readonly Payment[] = [{ atMs: floorTo(world.now(), dayMs), cents: 100_00n }],
): Answers {
  return ({ method, url, headers }) => {
    if (headers.authorization !== `Bearer ${deepseekKey}`)
      return refuse(401, 'Authentication Fails, Your api key: ****cdef is invalid', 'authentication_error')
    if (method !== 'GET' || url.pathname !== '/user/balance') return refuse(404, 'Not Found', 'invalid_request_error')
    const nowMs = world.now()
    const paid = payments.filter(({ atMs }) => atMs <= nowMs).reduce((sum, { cents }) => sum + cents, 0n)
    const sinceMs = Math.min(...payments.map(({ atMs }) => atMs))
    const spent = countBetween(world, 'deepseek', sinceMs, nowMs, world.usageDelayMs).reduce(
      (sum, { nanos }) => sum + nanos,
      0n,
    )
    const left = paid - spent / 10_000_000n
    const balance_infos = [
      { currency: 'CNY', total_balance: '0.00', granted_balance: '0.00', topped_up_balance: '0.00' },
      { currency: 'USD', total_balance: money(left), granted_balance: '0.00', topped_up_balance: money(left) },
    ]
    return { status: 200, json: { is_available: left > 0n, balance_infos } }
  }
}

/** `-12.05`, as a bill says it. */
function money(cents: bigint): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function refuse(status: number, message: string, type: string): EmulatedAnswer {
  return { status, json: { error: { message, type, param: null, code: 'invalid_request_error' } } }
}
