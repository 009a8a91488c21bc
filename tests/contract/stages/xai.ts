import { startXai, xaiKey } from '../../emulators/xai.ts'
import { stageNowMs, steadyWorld } from './steady-world.ts'
import type { Stage } from './stage.ts'

/** A cent a minute. */
const minuteNanos = 10_000_000n
const day = 24n * 60n * minuteNanos
const morning = 10n * 60n * minuteNanos

const points = (...dataPoints: unknown[]) => ({
  status: 200,
  json: { timeSeries: [{ group: [], groupLabels: [], dataPoints }], limitReached: false },
})
const preview = (amount: unknown) => ({
  status: 200,
  json: { coreInvoice: { lines: [{ description: 'API grok-4', amount }] } },
})

export const xai: Stage = {
  nowMs: stageNowMs,
  start: () => startXai(steadyWorld('xai', 'grok-4', { input: 10, cached: 0, output: 0 })),
  key: xaiKey,
  totals: {
    usage: { USD: 90n * day + morning },
    // Since the first of November.
    invoice: { USD: 22n * day + morning },
  },
  refusedKeys: [['sk-ant-admin01-abc', 'management key']],
  unreadable: [
    { path: 'usage', answer: points({ timestamp: '2026-11-22T00:00:00Z', values: ['a lot'] }) },
    { path: 'usage', answer: points({ timestamp: '2026-11-22T00:00:00Z', values: [] }) },
    { path: 'usage', answer: points({ timestamp: 'yesterday', values: [1] }) },
    { path: 'preview', answer: preview('a lot') },
    { path: 'preview', answer: preview(null) },
  ],
  endless: [{ path: 'usage', answer: { status: 200, json: { timeSeries: [], limitReached: true } } }],
}
