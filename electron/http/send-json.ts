import { err, ok, type Result } from '../../shared/result.ts'
import { userAgent } from '../../shared/version.ts'
import type { System } from '../system.ts'
import { networkFailure } from './network-failure.ts'
import { readBody } from './read-body.ts'

const largestAnswer = 1_000_000

/**
 * One request of a channel, without judging the status: what it means is the channel's to say. Redirects are not
 * followed, because the address is the secret. The address never gets into a failure. `json` is null for an empty body
 * and undefined for one that is not JSON.
 */
export async function sendJson(
  system: Pick<System, 'fetch'>,
  request: {
    method: 'POST' | 'PATCH' | 'GET'
    url: string
    body?: unknown
    /** Instead of a body in JSON: fields of a form. */
    form?: Readonly<Record<string, string>>
    timeoutMs: number
    headers?: Record<string, string>
  },
): Promise<Result<{ status: number; headers: Record<string, string>; json: unknown }>> {
  try {
    const body = request.form
      ? new URLSearchParams(request.form).toString()
      : request.body === undefined
        ? undefined
        : JSON.stringify(request.body)
    const type = request.form ? 'application/x-www-form-urlencoded' : 'application/json'
    const answer = await system.fetch(request.url, {
      method: request.method,
      redirect: 'manual',
      headers: { 'content-type': type, 'user-agent': userAgent, ...request.headers },
      signal: AbortSignal.timeout(request.timeoutMs),
      ...(body === undefined ? {} : { body }),
    })
    const text = await readBody(answer, largestAnswer)
    if (!text.ok) return text
    return ok({ status: answer.status, headers: Object.fromEntries(answer.headers), json: parse(text.value) })
  } catch (error) {
    return err(networkFailure(error))
  }
}

/** A page of a front server instead of JSON is no reason to fail here: often the status says enough. */
function parse(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
