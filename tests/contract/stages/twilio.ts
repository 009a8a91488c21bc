import { dayMs, hourMs } from '../../../shared/time.ts'
import { startTwilio, twilioKey, twilioSid } from '../../emulators/twilio.ts'
import { stageNowMs, steadyWorld } from './steady-world.ts'
import type { Stage } from './stage.ts'

/** 1,000 text messages a minute that cost $0.0083 a thousand, so to speak: the emulator counts in its own way. */
const minuteNanos = 8_300_000n

export const twilio: Stage = {
  nowMs: stageNowMs,
  start: () => startTwilio(steadyWorld('twilio', 'sms', { input: 8.3, cached: 0, output: 0 })),
  key: twilioKey,
  options: { account_sid: twilioSid },
  totals: {
    daily: { USD: minuteNanos * BigInt((90 * dayMs + 10 * hourMs) / 60_000) },
    today: { USD: minuteNanos * BigInt((10 * hourMs) / 60_000) },
  },
  refusedKeys: [
    ['SK0123456789abcdef0123456789abcdef', 'half a key'],
    ['sk-proj-abc:def', 'no Twilio key'],
  ],
  unreadable: [
    {
      answer: {
        status: 200,
        json: {
          usage_records: [{ category: 'totalprice', start_date: '2026-11-22', price: 'much', price_unit: 'usd' }],
          next_page_uri: null,
        },
      },
    },
  ],
  endless: [{ answer: { status: 200, json: { usage_records: [], next_page_uri: '/2010-04-01/again.json' } } }],
  refusals: {
    'credential-rejected': { status: 401, json: { code: 20003, message: 'Authenticate', status: 401 } },
    'permission-missing': { status: 401, json: { code: 70051, message: 'Authorization Failed', status: 401 } },
    'rate-limited': { status: 429, json: { code: 20429, message: 'Too Many Requests', status: 429 } },
  },
}
