import { err, ok, type Result } from '../../../shared/result.ts'
import { dayMs, floorTo, hourMs, minuteMs } from '../../../shared/time.ts'
import type { CounterReading, Dimensions, ProviderAdapter, ReadContext, ReadWindow, SpendReading } from '../adapter.ts'
import { dayBuckets, type DayRow } from '../day-buckets.ts'
import { unreadable } from '../pages.ts'
import { checkKey, keyKind } from './key.ts'
import { balances, caps } from './limits.ts'
import { activityAnswer, creditsAnswer, keyAnswer, type ActivityRow } from './schema.ts'

const keepsMs = 30 * dayMs
/** How long after midnight UTC a day is complete is not documented. */
const matureAfterMs = 12 * hourMs

/**
 * OpenRouter: the activity of completed days bills, and the credits used so far tell what goes on today. An ordinary key
 * is refused both; of such a key its own spend is read.
 */
export const openrouter: ProviderAdapter = {
  id: 'openrouter',
  origins: ['https://openrouter.ai'],
  auth: (secret) => ({ authorization: `Bearer ${secret}` }),
  feeds: [
    // Never today: a day that is over shows up at its end, or hours later.
    { id: 'activity', plane: 'billed', widths: ['day'], latencyMs: dayMs, matureAfterMs, keepsMs, optional: true },
    { id: 'credits', plane: 'estimate', widths: ['minute'], latencyMs: minuteMs, source: 'counter' },
  ],
  keyKind,
  checkKey,
  read: readActivity,
  readCounters: readUsed,
  balances,
  caps,
}

/** One answer holds all days there are. */
async function readActivity(context: ReadContext, window: ReadWindow): Promise<Result<SpendReading>> {
  const path = '/api/v1/activity'
  const answer = await context.http.get(path)
  if (!answer.ok) return answer
  const parsed = activityAnswer.safeParse(answer.value)
  if (!parsed.success) return err(unreadable(path, parsed.error))
  const nowMs = context.now()
  const today = floorTo(nowMs, dayMs)
  const fromMs = Math.max(window.fromMs, today - keepsMs)
  const days = { fromMs, toMs: Math.min(window.toMs, today) }
  return ok({ buckets: dayBuckets(parsed.data.data.map(dayRow), days, nowMs - matureAfterMs), asOfMs: today })
}

const nobody: Dimensions = { model: null, project: null, apiKey: null, lineItem: null, tier: null }

function dayRow(row: ActivityRow): DayRow {
  const { date, model, provider_name: lineItem, usage, prompt_tokens: prompt, completion_tokens: completion } = row
  // Reasoning tokens are part of the completion.
  const quantity = prompt === null && completion === null ? null : (prompt ?? 0) + (completion ?? 0)
  const line = { ...nobody, model, lineItem, currency: 'USD', costNanos: usage, quantity, pricing: 'billed' as const }
  return { startMs: date, line }
}

/**
 * The credits used since the account exists; they only grow, so what they grew by was spent. The day's total of a key is
 * told as well, but which day it means around midnight is not, and a yesterday taken for today would be a false alarm.
 */
async function readUsed({ http }: ReadContext): Promise<Result<CounterReading[]>> {
  const credits = await http.get('/api/v1/credits')
  if (credits.ok) {
    const parsed = creditsAnswer.safeParse(credits.value)
    if (!parsed.success) return err(unreadable('/api/v1/credits', parsed.error))
    return ok([used({ lineItem: 'Credits used' }, parsed.data.data.total_usage)])
  }
  if (credits.failure.kind !== 'permission-missing') return credits
  const key = await http.get('/api/v1/key')
  if (!key.ok) return key
  const parsed = keyAnswer.safeParse(key.value)
  if (!parsed.success) return err(unreadable('/api/v1/key', parsed.error))
  return ok([used({ apiKey: parsed.data.data.label, lineItem: 'Credits used' }, parsed.data.data.usage)])
}

function used(of: Partial<Dimensions>, totalNanos: bigint): CounterReading {
  return { ...nobody, ...of, currency: 'USD', totalNanos, sinceMs: null }
}
