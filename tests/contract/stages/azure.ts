import { dayMs, hourMs } from '../../../shared/time.ts'
import { azureOptions, azureSecret, startAzure } from '../../emulators/azure.ts'
import { stageNowMs, steadyWorld } from './steady-world.ts'
import type { Stage } from './stage.ts'

/** A minute at $1, $0.10 and $8 for a million: 1,000, 4,000 and 500 tokens. */
const minuteNanos = 5_400_000n

export const azure: Stage = {
  nowMs: stageNowMs,
  start: () => startAzure(steadyWorld('azure', 'gpt-5', { input: 1, cached: 0.1, output: 8 })),
  key: azureSecret,
  options: azureOptions,
  totals: { costs: { USD: minuteNanos * BigInt((90 * dayMs + 10 * hourMs) / 60_000) } },
  refusedKeys: [
    ['66666666-7777-8888-9999-000000000000', 'value'],
    ['short', 'too short'],
  ],
  unreadable: [
    { path: 'query', answer: page([['a lot', 20261122, 'USD']]) },
    { path: 'query', answer: page([[null, 20261122, 'USD']]) },
    { path: 'query', answer: page([[1, 'yesterday', 'USD']]) },
    { path: 'query', answer: page([[1, 20261122, null]]) },
    { path: 'query', answer: page([[1, 20261122]]) },
  ],
  endless: [{ path: 'query', answer: page([], 'https://management.azure.com/again/query?api-version=2025-03-01') }],
  refusals: {
    'permission-missing': {
      status: 401,
      json: {
        error: { code: 'RBACAccessDenied', message: 'The client does not have authorization to perform action.' },
      },
    },
    'credential-rejected': {
      status: 401,
      json: { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client secret provided.' },
    },
    'rate-limited': {
      status: 429,
      headers: { 'x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after': '120', 'retry-after': '1' },
      json: { error: { code: '429', message: 'Too many requests. Please retry.' } },
    },
  },
}

function page(rows: unknown[][], nextLink: string | null = null) {
  const columns = ['Cost', 'UsageDate', 'Currency'].map((name) => ({ name, type: 'any' }))
  return { status: 200, json: { properties: { nextLink, columns, rows } } }
}
