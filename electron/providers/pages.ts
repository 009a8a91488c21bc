import { z } from 'zod'
import { fail } from '../../shared/failures.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { createBreather } from '../breather.ts'
import type { ProviderHttp, Query } from '../http/provider-http.ts'
import type { CostBucket, ReadWindow } from './adapter.ts'

const mostPages = 100

const anyPage = z.object({
  data: z.array(z.unknown()),
  has_more: z.boolean().nullish(),
  next_page: z.string().nullish(),
})

/**
 * Follows `has_more` and `next_page` to the end. A cursor that repeats, is missing, or never ends makes the whole read
 * fail: a part of an answer must never pass for a smaller total. Each row (a bucket, mostly) is read and made into what
 * is wanted of it by itself: others go first in between, and of a large page only that stays in memory.
 */
export async function readPages<T, Made>(
  http: ProviderHttp,
  request: { path: string; query: Query; headers?: Readonly<Record<string, string>> },
  page: z.ZodType<{ data: T[] }>,
  make: (rows: T[]) => readonly Made[],
): Promise<Result<Made[]>> {
  const made: Made[] = []
  const breathe = createBreather()
  const seen = new Set<string>()
  let query = request.query
  for (let number = 0; number < mostPages; number++) {
    const answer = await http.get(request.path, query, request.headers)
    if (!answer.ok) return answer
    const whole = anyPage.safeParse(answer.value)
    if (!whole.success) return err(unreadable(request.path, whole.error))
    for (const row of whole.data.data) {
      const parsed = page.safeParse({ data: [row] })
      if (!parsed.success) return err(unreadable(request.path, parsed.error))
      made.push(...make(parsed.data.data))
      await breathe()
    }
    const { has_more: more, next_page: token } = whole.data
    if (!(more ?? token)) return ok(made)
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
