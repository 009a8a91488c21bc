import { billedNanos, countBetween, type World } from '../../electron/replay/world.ts'
import { nanosToDecimal } from '../../shared/money.ts'
import { dayMs, iso } from '../../shared/time.ts'
import { startEmulator, type Answers, type EmulatedAnswer, type EmulatedRequest, type Emulator } from './http.ts'

export const githubKey = 'github_pat_emulated_0123456789abcdef'
export const githubOrg = 'acme'

const report = /^\/organizations\/([\w-]+)\/settings\/billing\/usage$/

export const startGithub = (world: World): Promise<Emulator> => startEmulator(githubAnswers(world))

/** The billing platform as documented: a token for one organization, and a report whose grain follows the question. */
export function githubAnswers(world: World): Answers {
  return ({ headers, url }: EmulatedRequest) => {
    if (!headers['user-agent']) return refuse(403, 'Request forbidden by administrative rules.')
    if (headers['x-github-api-version'] !== '2026-03-10') return refuse(400, 'API version not supported.')
    if (headers.authorization !== `Bearer ${githubKey}`) return refuse(401, 'Bad credentials')
    // What a token may not see does not exist.
    if (report.exec(url.pathname)?.[1] !== githubOrg) return refuse(404, 'Not Found')
    return { status: 200, json: { usageItems: items(world, url) } }
  }
}

/** Items of a day each where a month is named; otherwise of a month each, dated to its first day. */
function items(world: World, url: URL): unknown[] {
  const asked = (name: string) => (url.searchParams.has(name) ? Number(url.searchParams.get(name)) : null)
  const year = asked('year') ?? new Date(world.now()).getUTCFullYear()
  const [month, day] = [asked('month'), asked('day')]
  if (month === null)
    return Array.from({ length: 12 }, (_, index) =>
      itemsOf(world, Date.UTC(year, index), Date.UTC(year, index + 1)),
    ).flat()
  const days: unknown[] = []
  for (let at = Date.UTC(year, month - 1); at < Date.UTC(year, month); at += dayMs)
    if (day === null || new Date(at).getUTCDate() === day) days.push(...itemsOf(world, at, at + dayMs))
  return days
}

function itemsOf(world: World, fromMs: number, toMs: number): unknown[] {
  return countBetween(world, 'github', fromMs, toMs, world.costDelayMs).map((counted) => {
    const net = Number(nanosToDecimal(billedNanos(world, counted, fromMs)))
    return {
      date: iso(fromMs).replace('.000', ''),
      product: 'actions',
      sku: counted.flow.model,
      quantity: counted.output,
      unitType: 'Minutes',
      pricePerUnit: 0.006,
      // The free quota is in the gross amount.
      grossAmount: net + 10,
      discountAmount: 10,
      netAmount: net,
      organizationName: githubOrg,
      repositoryName: `${githubOrg}/${counted.flow.project}`,
    }
  })
}

function refuse(status: number, message: string): EmulatedAnswer {
  return { status, json: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) } }
}
