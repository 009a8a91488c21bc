import { deepseekKey, startDeepseek } from '../../emulators/deepseek.ts'
import { stageNowMs, steadyWorld } from './steady-world.ts'
import type { Stage } from './stage.ts'

const balance = (total: unknown) => ({
  status: 200,
  json: { is_available: true, balance_infos: [{ currency: 'USD', total_balance: total }] },
})

export const deepseek: Stage = {
  nowMs: stageNowMs,
  // A cent a minute since midnight, off a hundred dollars.
  start: () => startDeepseek(steadyWorld('deepseek', 'deepseek-chat', { input: 10, cached: 0, output: 0 })),
  key: deepseekKey,
  totals: { balance: { CNY: 0n, USD: -94_000_000_000n } },
  refusedKeys: [
    ['sk-or-v1-abc', 'no key of DeepSeek'],
    ['sk-ant-admin01-abc', 'no key of DeepSeek'],
  ],
  unreadable: [{ answer: balance('a lot') }, { answer: balance(null) }, { answer: balance('') }],
}
