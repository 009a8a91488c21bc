import { z } from 'zod'
import { fail } from '../../shared/failures.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { ProviderHttp, Query } from '../http/provider-http.ts'
import type { CostBucket, ReadWindow } from './adapter.ts'

const mostPages = 100

const cursor = z.object({ has_more: z.boolean().nullish(), next_page: z.string().nullish() })

/**
 * Follows `has_more` and `next_page` to the end. A cursor that repeats, is missing, or never ends makes the whole read
 * fail: a part of an answer must never pass for a smaller total.
 */
export async function readPages<T>(
  http: ProviderHttp,
  request: { path: string; query: Query; headers?: Readonly<Record<string, string>> },
  page: z.ZodType<{ data: T[] }>,
): Promise<Result<T[]>> {
  const rows: T[] = []
  const seen = new Set<string>()
  let query = request.query
  for (let number = 0; number < mostPages; number++) {
    const answer = await http.get(request.path, query, request.headers)
    if (!answer.ok) return answer
    const parsed = page.safeParse(answer.value)
    if (!parsed.success) return err(unreadable(request.path, parsed.error))
    rows.push(...parsed.data.data)
    const next = cursor.safeParse(answer.value)
    if (!next.success) return err(unreadable(request.path, next.error))
    const { has_more: more, next_page: token } = next.data
    if (!(more ?? token)) return ok(rows)
    if (!token)
      return err(fail('truncated', `${request.path} says there is more but not where; nothing of it was stored.`))
    if (seen.has(token)) return err(fail('truncated', `${request.path} goes in circles; nothing of it was stored.`))
    seen.add(token)
    query = [...request.query, ['page', token]]
  }
  return err(fail('truncated', `${request.path} has more than ${mostPages} pages; nothing of it was stored.`))
}

/** A bucket that starts outside what was asked for belongs to another read. */
export function within(buckets: readonly CostBucket[], window: ReadWindow): CostBucket[] {
  return buckets.filter(({ startMs }) => startMs >= window.fromMs && (window.open || startMs < window.toMs))
}

/** Names the place of the first problem, never the value that is there. */
export function unreadable(path: string, error: z.ZodError) {
  const issue = error.issues[0]
  const place = issue?.path.filter((step) => typeof step === 'string').join('.') ?? ''
  return fail(
    'unexpected-response',
    `${path} answered something we cannot read (${place || 'shape'}: ${issue?.message ?? 'unknown'}).`,
  )
}
