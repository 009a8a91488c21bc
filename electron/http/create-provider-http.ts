import type { Failure } from '../../shared/failures.ts'
import { fail } from '../../shared/failures.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { secondMs } from '../../shared/time.ts'
import { userAgent } from '../../shared/version.ts'
import { createBreather, nextTurn } from '../breather.ts'
import { declaredFor, type Auth, type Options, type ProviderAdapter } from '../providers/adapter.ts'
import type { System } from '../system.ts'
import { networkFailure } from './network-failure.ts'
import { rebase } from './origins.ts'
import { parseJson } from './parse-json.ts'
import type { ProviderHttp, ProviderRequest, Query } from './provider-http.ts'
import { readBody } from './read-body.ts'
import { retryAfterAt } from './retry-after.ts'
import { quoteOf, statusFailure } from './status-failure.ts'
import { createTokenMemory, type TokenMemory } from './token-memory.ts'
import { i18n } from '../../shared/words.ts'

const timeoutMs = 30 * secondMs
const largestAnswer = 64_000_000
/** Larger ones wait for their turn: several at once would hold everything else up. */
const quicklyParsed = 100_000
const tries = 3
/** A wait longer than this is the schedule's business, not the request's. */
const longestWaitMs = 5 * secondMs
const mostRedirects = 3

/**
 * The only way to a provider. The key is added here and goes to the provider's own origins, or the base URL the person
 * typed, and nowhere else: a redirect to another origin is refused, even to one of the adapter's own. Short faults are tried again at once.
 */
export function createProviderHttp(parts: {
  system: Pick<System, 'fetch' | 'clock' | 'random'>
  adapter: Pick<ProviderAdapter, 'origins' | 'auth' | 'headers' | 'refusal'>
  baseUrl: string | null
  secret: string
  options?: Options
  tokens?: TokenMemory
}): ProviderHttp {
  const { system, adapter, baseUrl } = parts
  const now = () => system.clock.now()
  const options = parts.options ?? {}
  const origins = declaredFor(adapter.origins, options)
  const first = origins[0]
  const base = first === undefined || baseUrl === null ? null : rebase(new URL(first), baseUrl)
  const allowed = new Set(base === null ? origins : [base.origin])
  const tokens = parts.tokens ?? createTokenMemory()
  const auth = adapter.auth(parts.secret, {
    options,
    now,
    tokens,
    exchange: (request) => ask(request, async () => ok({})),
  })
  const sign: Sign = typeof auth === 'function' ? auth : async () => ok(auth)

  /** A typed base URL stands for all of the adapter's origins. What is no origin of ours stays as it is, and is refused. */
  function target(path: string): URL {
    const url = new URL(path, first)
    return base !== null && origins.includes(url.origin) ? rebase(url, baseUrl) : url
  }

  async function request(url: URL, asked: ProviderRequest, sign: Sign): Promise<Result<unknown>> {
    let target = url
    const { method = 'GET', answer: form = 'json' } = asked
    const body = bodyOf(asked)
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      // A redirect stays at its origin: what one of them may know, such as a client secret, the next one may not.
      if (!allowed.has(target.origin) || target.origin !== url.origin) return err(leadsElsewhere(target, [...allowed]))
      const plain = {
        accept: 'application/json',
        'user-agent': userAgent,
        ...body.headers,
        ...adapter.headers,
        ...asked.headers,
      }
      const proof = await sign({ method, url: target, asked: asked.path, headers: plain, body: body.text })
      if (!proof.ok) return proof
      const answer = await system.fetch(target.href, {
        method,
        redirect: 'manual',
        headers: { ...plain, ...proof.value },
        signal: AbortSignal.timeout(timeoutMs),
        ...(body.text === null ? {} : { body: body.text }),
      })
      const location = answer.headers.get('location')
      if (answer.status >= 300 && answer.status < 400 && location && URL.canParse(location, target.href)) {
        await answer.body?.cancel()
        target = new URL(location, target)
        continue
      }
      const text = await readBody(answer, largestAnswer)
      if (!text.ok) return text
      if (answer.status !== 200) return err(refusal(answer, text.value, Object.values(proof.value)))
      if (text.value.length > quicklyParsed) await nextTurn()
      return form === 'lines' ? parseLines(text.value) : parseBody(text.value)
    }
    return err(fail('unexpected-response', i18n.t('The server redirects in circles.')))
  }

  function refusal(answer: Response, text: string, proof: readonly string[]): Failure {
    const nowMs = now()
    const { status, headers } = answer
    if (status === 401) tokens.forget()
    const body = jsonOrNull(text)
    const said = quoteOf(body, [parts.secret, ...proof])
    const own = adapter.refusal?.({ status, headers, nowMs, body, said })
    return own ?? statusFailure(status, said, retryAfterAt(headers.get('retry-after'), nowMs))
  }

  async function ask(asked: ProviderRequest, sign: Sign): Promise<Result<unknown>> {
    const url = withQuery(target(asked.path), asked.query ?? [])
    for (let tried = 1; ; tried++) {
      const answer = await attempt(() => request(url, asked, sign))
      if (answer.ok || tried >= tries) return answer
      const waitMs = waitBefore(answer.failure, tried, now(), system.random())
      if (waitMs === null) return answer
      await new Promise<void>((resolve) => void system.clock.after(waitMs, resolve))
    }
  }

  return {
    send: (asked) => ask(asked, sign),
    get: (path, query = [], headers = {}) => ask({ path, query, headers }, sign),
  }
}

type Sign = Exclude<Auth, Readonly<Record<string, string>>>

async function attempt(request: () => Promise<Result<unknown>>): Promise<Result<unknown>> {
  try {
    return await request()
  } catch (error) {
    return err(networkFailure(error))
  }
}

function bodyOf({ json, form }: ProviderRequest): { text: string | null; headers: Record<string, string> } {
  if (json !== undefined) return { text: JSON.stringify(json), headers: { 'content-type': 'application/json' } }
  if (form === undefined) return { text: null, headers: {} }
  const text = new URLSearchParams(form.map(([name, value]): [string, string] => [name, value])).toString()
  return { text, headers: { 'content-type': 'application/x-www-form-urlencoded' } }
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

/**
 * One value a line; the last line may end without a break. One that cannot be read makes the whole answer unreadable. Such
 * answers are long, so others go first in between.
 */
async function parseLines(text: string): Promise<Result<unknown>> {
  const breathe = createBreather()
  const values: unknown[] = []
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start)
    const line = text.slice(start, end === -1 ? text.length : end)
    start += line.length + 1
    if (line.trim() === '') continue
    const value = parseBody(line)
    if (!value.ok) return value
    values.push(value.value)
    await breathe()
  }
  return ok(values)
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function parseBody(text: string): Result<unknown> {
  try {
    return ok(parseJson(text))
  } catch {
    return err(
      text.trimStart().startsWith('<')
        ? fail('unexpected-response', i18n.t('The server sent a web page instead of data.'))
        : fail('truncated', i18n.t('The server sent data that breaks off or is damaged.')),
    )
  }
}

function leadsElsewhere({ host }: URL, allowed: readonly string[]): Failure {
  const hosts = allowed.map((origin) => new URL(origin).host).join(', ')
  return fail('refused-host', i18n.t('A request to {host} was refused: the key goes to {hosts} only.', { host, hosts }))
}
