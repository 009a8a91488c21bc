import { createBudgetsTable } from '../../electron/storage/budgets.ts'
import { openDatabase } from '../../electron/storage/database.ts'
import type { Budget } from '../../shared/budgets.ts'
import { iso } from '../../shared/time.ts'
import { historyEndMs, openHistory } from './history.ts'
import { took, withinLimit, type Say, type Scale, type Took } from './measured.ts'
import { openGuard } from './open-guard.ts'

const goalMs = 50
const scopes = 1_000
const periods = ['day', 'month', 'week', 'hour', 'rolling24h'] as const
const zones = [null, null, null, 'Asia/Kolkata', 'America/Los_Angeles'] as const

/**
 * What happens after each poll: every budget, every account's velocity and health, alerts and messages, in one
 * transaction. A changed budget starts exactly that, without the poll's own network.
 */
export async function measureEvaluation(say: Say, { quick }: Scale): Promise<void> {
  const history = openHistory(quick)
  const opened = openDatabase(history.dataDir, historyEndMs)
  if (!opened.ok) throw new Error(opened.failure.message)
  const table = createBudgetsTable(opened.value.db)
  opened.value.db.transaction(() => Array.from({ length: scopes }, (_, index) => table.save(budgetOf(index))))()
  opened.value.close()

  const { guard, ask } = openGuard(history.dataDir)
  const times: Took[] = []
  const { createdAt: _, ...first } = budgetOf(0)
  const evaluate = (round: number) => ask('budgets:set', { ...first, limit: String(1_000_000 + round) })
  // The first one learns the habits of ten accounts from five years, which the guard does once, and in slices.
  await evaluate(0)
  for (let round = 1; round <= (quick ? 5 : 50); round++) times.push(await took(() => evaluate(round)))
  await guard.stop()
  history.remove()
  say(withinLimit(`evaluation of ${scopes} budgets after a poll`, times, goalMs))
}

/** Every kind of scope, period and zone; one in fifty is over its limit. */
function budgetOf(index: number): Budget {
  const account = index % 10
  const kinds = [
    'all',
    `account:account-${account}`,
    `key:key_${index % 4}`,
    `project:proj_${index % 2}`,
    'model:gpt-5.5',
    `workspace:w${index % 4}`,
    'provider:openai',
  ]
  return {
    id: `b${index}`,
    limit: index % 50 === 0 ? '0.01' : String(1_000_000 + index),
    currency: 'USD',
    period: periods[index % periods.length] ?? 'day',
    scope: kinds[index % kinds.length] ?? 'all',
    zone: zones[index % zones.length] ?? null,
    thresholds: [
      { percent: 50, severity: 'info' },
      { percent: 80, severity: 'warning' },
      { percent: 100, severity: 'critical' },
    ],
    createdAt: iso(historyEndMs),
  }
}
