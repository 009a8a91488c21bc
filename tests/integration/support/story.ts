import type { World } from '../../../electron/replay/world.ts'
import type { CommandLine } from './cli.ts'

const minuteMs = 60_000

export interface ShownWorld extends World {
  /** How many minutes of the last hour the provider shows. */
  shownMinutes: number
}

/**
 * A quiet month, and an hour of a dollar a minute that the provider shows minute by minute. It ends where the test
 * began, so that whoever reads it last reads the same as anybody else. All amounts are whole nanos.
 */
export function createShownWorld(): ShownWorld {
  const endMs = Math.floor(Date.now() / minuteMs) * minuteMs
  const startMs = endMs - 60 * minuteMs
  const world: ShownWorld = {
    shownMinutes: 0,
    now: () => startMs + world.shownMinutes * minuteMs,
    usageDelayMs: 0,
    costDelayMs: 6 * 60 * minuteMs,
    flows: [
      {
        provider: 'openai',
        model: 'gpt-5-mini-2025-08-07',
        project: 'web',
        apiKey: 'prod',
        tokens: { input: 800_000, cached: 0, output: 400_000 },
        prices: { input: 0.25, cached: 0.025, output: 2 },
        pace: (at) => (at >= startMs ? 1 : 0.001),
      },
    ],
  }
  return world
}

/** What the ledger holds, by day and in every plane, as decimal text to the nano. */
export async function ledgerTotals(line: CommandLine): Promise<unknown> {
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
  const { rows, total } = await line.json<{ rows: Record<string, unknown>[]; total: unknown[] }>([
    'report',
    '--from',
    day(-95),
    '--to',
    day(0),
    '--by',
    'day',
    '--zone',
    'UTC',
  ])
  return {
    total,
    rows: rows.map(({ key, effective, billed, estimate, currency }) => ({
      key,
      effective,
      billed,
      estimate,
      currency,
    })),
  }
}
