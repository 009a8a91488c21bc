import { datadogKey, startDatadog } from '../../emulators/datadog.ts'
import { dayMs } from '../../../shared/time.ts'
import { stageNowMs, steadyWorld } from './steady-world.ts'
import type { Stage } from './stage.ts'

const dayNanos = 6_000_000n * 1_440n

export const datadog: Stage = {
  nowMs: stageNowMs,
  start: () =>
    startDatadog({
      ...steadyWorld('datadog', 'infra_hosts', { input: 2, cached: 0, output: 8 }),
      costDelayMs: 2 * dayMs,
    }),
  key: datadogKey,
  options: { site: 'datadoghq.eu' },
  // From the first of last month up to the day before the day before yesterday.
  totals: { estimated_cost: { USD: dayNanos * BigInt(31 + 20) } },
  refusedKeys: [
    ['0123456789abcdef0123456789abcdef', 'api_key:application_key'],
    [datadogKey.split(':').reverse().join(':'), 'wrong way round'],
  ],
  unreadable: [
    { answer: row({ total_cost: 'a lot' }) },
    { answer: row({ charges: [{ product_name: 'apm', charge_type: 'on_demand', cost: 'NaN' }] }) },
    { answer: row({ date: 'November' }) },
  ],
}

function row(fields: Record<string, unknown>) {
  return { status: 200, json: { data: [{ attributes: { date: '2026-11-20', org_name: 'acme', ...fields } }] } }
}
