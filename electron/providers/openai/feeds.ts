import { dayMs, minuteMs } from '../../../shared/time.ts'
import type { Meter } from '../../prices/usage.ts'
import type { Feed, Width } from '../adapter.ts'

export interface UsageKind {
  groupBy: readonly string[]
  /** The one count of a row and the meter it is, for every kind but completions. */
  counts?: readonly [
    field: 'input_tokens' | 'images' | 'characters' | 'seconds' | 'usage_bytes' | 'num_sessions' | 'num_requests',
    meter: Meter,
  ]
}

const byModel = ['project_id', 'api_key_id', 'model'] as const

/** Every usage endpoint: `/v1/organization/usage/<kind>`. */
export const usageKinds: Record<string, UsageKind> = {
  completions: { groupBy: [...byModel, 'batch', 'service_tier'] },
  embeddings: { groupBy: byModel, counts: ['input_tokens', 'input'] },
  moderations: { groupBy: byModel, counts: ['input_tokens', 'moderation'] },
  images: { groupBy: [...byModel, 'size', 'source'], counts: ['images', 'image'] },
  audio_speeches: { groupBy: byModel, counts: ['characters', 'character'] },
  audio_transcriptions: { groupBy: byModel, counts: ['seconds', 'second'] },
  vector_stores: { groupBy: ['project_id'], counts: ['usage_bytes', 'storage-byte'] },
  code_interpreter_sessions: { groupBy: ['project_id'], counts: ['num_sessions', 'code-session'] },
  file_search_calls: { groupBy: ['project_id', 'api_key_id'], counts: ['num_requests', 'file-search'] },
  web_search_calls: { groupBy: [...byModel, 'context_level'], counts: ['num_requests', 'web-search'] },
}

export const costsFeed = 'costs'

export const feeds: readonly Feed[] = [
  // The delay is not documented; a day after its end a bucket has been seen to stand still.
  { id: costsFeed, plane: 'billed', widths: ['day'], latencyMs: 12 * 60 * minuteMs, matureAfterMs: dayMs },
  ...Object.keys(usageKinds).map((kind): Feed => ({
    id: kind,
    plane: 'estimate',
    widths: ['minute', 'hour', 'day'],
    latencyMs: 5 * minuteMs,
    ...(kind === 'completions' ? {} : { optional: true }),
  })),
]

/** Buckets per page. The caps are 1440, 168, 31; smaller pages of minutes keep each answer quick to parse. */
export const bucketsPerPage: Record<Width, number> = { minute: 360, hour: 168, day: 31 }
export const costBucketsPerPage = 180
export const bucketWidth: Record<Width, string> = { minute: '1m', hour: '1h', day: '1d' }
