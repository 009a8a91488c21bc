import { dayMs, hourMs } from '../../../shared/time.ts'
import { gcpKey, gcpTable, startGcp } from '../../emulators/gcp.ts'
import { stageNowMs, steadyWorld } from './steady-world.ts'
import type { Stage } from './stage.ts'

/** A minute of Gemini 2.5 Flash on Vertex AI: 1,000 tokens at $0.30, 4,000 at $0.03 and 500 at $2.50 for a million. */
const vertexNanos = 1_670_000n
/** The same in the Gemini API, without cached tokens, which it does not tell apart. */
const geminiNanos = 1_550_000n

function world() {
  const prices = { input: 0.3, cached: 0.03, output: 2.5 }
  const steady = steadyWorld('gcp', 'gemini-2.5-flash', prices)
  const gemini = steady.flows.map((flow) => ({
    ...flow,
    apiKey: 'apikey:7d1b',
    tokens: { input: 1_000, cached: 0, output: 500 },
  }))
  return { ...steady, flows: [...steady.flows, ...gemini] }
}

export const gcp: Stage = {
  nowMs: stageNowMs,
  start: () => startGcp(world()),
  key: gcpKey,
  options: { table: gcpTable, query_project: 'acme-tools', monitoring_projects: 'p1' },
  totals: {
    export: { USD: (vertexNanos + geminiNanos) * BigInt((90 * dayMs + 10 * hourMs) / 60_000) },
    vertex: { USD: vertexNanos * BigInt((31 * dayMs + 10 * hourMs) / 60_000) },
    gemini: { USD: geminiNanos * BigInt((31 * dayMs + 10 * hourMs) / 60_000) },
  },
  warnings: ['bill about 10 MiB'],
  refusedKeys: [
    ['AIzaSyD-emulated', 'service account'],
    ['ya29.a0Af', 'access token'],
    ['-----BEGIN PRIVATE KEY-----', 'document'],
    ['{"type":"authorized_user","client_id":"x"}', 'credentials=gcloud'],
    ['{"type":"service_account","client_email":"a@b"}', 'complete'],
  ],
  unreadable: [
    {
      path: '/queries',
      answer: rows([
        ['2026-11-23T00:00:00Z', 'Vertex AI', 's', 'p1', 'regular', 'USD', 'a lot', '2026-11-23T09:00:00Z'],
      ]),
    },
    {
      path: '/timeSeries',
      answer: {
        status: 200,
        json: {
          timeSeries: [
            {
              metric: { labels: { type: 'input' } },
              resource: { labels: {} },
              points: [{ interval: { endTime: '2026-11-23T09:00:00Z' }, value: { int64Value: 'many' } }],
            },
          ],
        },
      },
    },
  ],
  endless: [
    { path: '/queries', answer: { ...rows([]), json: { ...rows([]).json, pageToken: 'again' } } },
    { path: '/queries', answer: { ...rows([]), json: { ...rows([]).json, totalRows: '7' } } },
    { path: '/timeSeries', answer: { status: 200, json: { nextPageToken: 'again' } } },
  ],
  refusals: {
    'permission-missing': {
      status: 403,
      json: { error: { code: 403, message: 'Access Denied: Table t', errors: [{ reason: 'accessDenied' }] } },
    },
  },
}

function rows(list: string[][]) {
  const names = ['day', 'service', 'sku', 'project', 'cost_type', 'currency', 'net', 'as_of']
  return {
    status: 200,
    json: {
      jobComplete: true,
      jobReference: { jobId: 'job_1' },
      schema: { fields: names.map((name) => ({ name })) },
      totalRows: String(list.length),
      rows: list.map((row) => ({ f: row.map((v) => ({ v })) })),
    },
  }
}
