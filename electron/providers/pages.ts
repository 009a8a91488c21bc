import { z } from 'zod'
import { fail } from '../../shared/failures.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { createBreather } from '../breather.ts'
import type { ProviderHttp, ProviderRequest, Query } from '../http/provider-http.ts'
import type { CostBucket, ReadWindow } from './adapter.ts'
import { i18n } from '../../shared/words.ts'

const mostPages = 100

/** What a page held, and the request for the next one; null after the last. */
export interface Page<Made> {
  made: readonly Made[]
  next: ProviderRequest | null
}

/**
 * Asks for page after page to the end. A request that repeats, or pages that never end, make the whole read fail: a part
 * of an answer must never pass for a smaller total. What is wanted of a page is made of it at once, so that of a large
 * answer only that stays in memory.
 */
export async function followPages<Made>(
  http: ProviderHttp,
  first: ProviderRequest,
  turn: (answer: unknown, asked: ProviderRequest) => Result<Page<Made>> | Promise<Result<Page<Made>>>,
): Promise<Result<Made[]>> {
  const made: Made[] = []
  const seen = new Set<string>()
  const { path } = first
  for (let request: ProviderRequest | null = first; request;) {
    const question = JSON.stringify(request)
    if (seen.has(question))
      return err(fail('truncated', i18n.t('{path} goes in circles; nothing of it was stored.', { path })))
    if (seen.size === mostPages)
      return err(
        fail(
          'truncated',
          i18n.t('{path} has more than {mostPages} pages; nothing of it was stored.', { path, mostPages }),
        ),
      )
    seen.add(question)
    const answer = await http.send(request)
    if (!answer.ok) return answer
    const page: Result<Page<Made>> = await turn(answer.value, request)
    if (!page.ok) return page
    // One by one: a call takes some hundred thousand arguments at most, and an answer may hold more rows.
    for (const one of page.value.made) made.push(one)
    request = page.value.next
  }
  return ok(made)
}

const anyPage = z.object({
  data: z.array(z.unknown()),
  has_more: z.boolean().nullish(),
  next_page: z.string().nullish(),
})

/**
 * The pages of OpenAI and Anthropic: follows `has_more` and `next_page`, and a cursor that is missing fails. Each row (a
 * bucket, mostly) is read and made into what is wanted of it by itself: others go first in between.
 */
export function readPages<T, Made>(
  http: ProviderHttp,
  first: ProviderRequest & { query: Query },
  page: z.ZodType<{ data: T[] }>,
  make: (rows: T[]) => readonly Made[],
): Promise<Result<Made[]>> {
  const breathe = createBreather()
  return followPages(http, first, async (answer) => {
    const made: Made[] = []
    const whole = anyPage.safeParse(answer)
    if (!whole.success) return err(unreadable(first.path, whole.error))
    for (const row of whole.data.data) {
      const parsed = page.safeParse({ data: [row] })
      if (!parsed.success) return err(unreadable(first.path, parsed.error))
      made.push(...make(parsed.data.data))
      await breathe()
    }
    const { has_more: more, next_page: token } = whole.data
    if (!(more ?? token)) return ok({ made, next: null })
    if (!token)
      return err(
        fail(
          'truncated',
          i18n.t('{path} says there is more but not where; nothing of it was stored.', { path: first.path }),
        ),
      )
    return ok({ made, next: { ...first, query: [...first.query, ['page', token]] } })
  })
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
    i18n.t('{path} answered something we cannot read ({place}: {message}).', {
      path,
      place: place || 'shape',
      message: issue?.message ?? 'unknown',
    }),
  )
}
