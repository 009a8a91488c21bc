import type { Failure } from '../../shared/failures.ts'
import { fail } from '../../shared/failures.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { secondMs } from '../../shared/time.ts'
import { userAgent } from '../../shared/version.ts'
import { nextTurn } from '../breather.ts'
import type { ProviderAdapter } from '../providers/adapter.ts'
import type { System } from '../system.ts'
import { networkFailure } from './network-failure.ts'
import { rebase } from './origins.ts'
import { parseJson } from './parse-json.ts'
import type { ProviderHttp, Query } from './provider-http.ts'
import { readBody } from './read-body.ts'
import { retryAfterAt } from './retry-after.ts'
import { statusFailure } from './status-failure.ts'

const timeoutMs = 30 * secondMs
const largestAnswer = 64_000_000
/** Larger ones wait for their turn: several at once would hold everything else up. */
const quicklyParsed = 100_000
const tries = 3
/** A wait longer than this is the schedule's business, not the request's. */
const longestWaitMs = 5 * secondMs
const mostRedirects = 3

/**
 * The only way to a provider. The key is added here and goes to the provider's own origin, or the base URL the person
 * typed, and nowhere else: a redirect to another origin is refused. Short faults are tried again at once.
 */
export function createProviderHttp(parts: {
  system: Pick<System, 'fetch' | 'clock' | 'random'>
  adapter: Pick<ProviderAdapter, 'origins' | 'auth' | 'headers'>
  baseUrl: string | null
  secret: string
}): ProviderHttp {
  const { system, adapter } = parts
  const auth = adapter.auth(parts.secret)
  const base = rebase(new URL(adapter.origins[0]), parts.baseUrl)
  const allowed = new Set(parts.baseUrl === null ? adapter.origins : [base.origin])

  async function request(url: URL, headers: Readonly<Record<string, string>>): Promise<Result<unknown>> {
    let target = url
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      if (!allowed.has(target.origin))
        return err(fail('refused-host', `A redirect to ${target.host} was refused: the key goes to ${base.host} only.`))
      const answer = await system.fetch(target.href, {
        redirect: 'manual',
        headers: {
          accept: 'application/json',
          'user-agent': userAgent,
          ...adapter.headers,
          ...headers,
          [auth.header]: auth.value,
        },
        signal: AbortSignal.timeout(timeoutMs),
      })
      const location = answer.headers.get('location')
      if (answer.status >= 300 && answer.status < 400 && location && URL.canParse(location, target.href)) {
        await answer.body?.cancel()
        target = new URL(location, target)
        continue
      }
      const body = await readBody(answer, largestAnswer)
      if (!body.ok) return body
      if (answer.status !== 200) return err(refusal(answer, body.value))
      if (body.value.length > quicklyParsed) await nextTurn()
      return parseBody(body.value)
    }
    return err(fail('unexpected-response', 'The server redirects in circles.'))
  }

  function refusal(answer: Response, body: string): Failure {
    const retryAtMs = retryAfterAt(answer.headers.get('retry-after'), system.clock.now())
    return statusFailure(answer.status, body, retryAtMs, parts.secret)
  }

  async function attempt(url: URL, headers: Readonly<Record<string, string>>): Promise<Result<unknown>> {
    try {
      return await request(url, headers)
    } catch (error) {
      return err(networkFailure(error))
    }
  }

  return {
    async get(path, query = [], headers = {}) {
      const url = withQuery(rebase(new URL(path, adapter.origins[0]), parts.baseUrl), query)
      for (let tried = 1; ; tried++) {
        const answer = await attempt(url, headers)
        if (answer.ok || tried >= tries) return answer
        const waitMs = waitBefore(answer.failure, tried, system.clock.now(), system.random())
        if (waitMs === null) return answer
        await new Promise<void>((resolve) => void system.clock.after(waitMs, resolve))
      }
    },
  }
}

const mayPassSoon = new Set<Failure['kind']>(['provider-down', 'truncated', 'rate-limited'])

/** How long to wait before the next try; null when it is not for us to try again now. A named wait wins. */
export function waitBefore(failure: Failure, tried: number, nowMs: number, random: number): number | null {
  if (!mayPassSoon.has(failure.kind)) return null
  if (failure.retryAtMs !== undefined) {
    const waitMs = failure.retryAtMs - nowMs
    return waitMs <= longestWaitMs ? Math.max(0, waitMs) : null
  }
  // Without a named wait, "too many requests" is left to the schedule's longer back-off.
  return failure.kind === 'rate-limited' ? null : Math.round(2 ** tried * 250 * (0.5 + random))
}

function withQuery(url: URL, query: Query): URL {
  for (const [name, value] of query) url.searchParams.append(name, value)
  return url
}

function parseBody(text: string): Result<unknown> {
  try {
    return ok(parseJson(text))
  } catch {
    const what = text.trimStart().startsWith('<') ? 'a web page instead of data' : 'data that breaks off or is damaged'
    return err(fail(text.trimStart().startsWith('<') ? 'unexpected-response' : 'truncated', `The server sent ${what}.`))
  }
}
