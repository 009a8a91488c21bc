import { err, ok, type Result } from '../../shared/result.ts'
import { userAgent } from '../../shared/version.ts'
import type { System } from '../system.ts'
import { networkFailure } from './network-failure.ts'
import { readBody } from './read-body.ts'

const largestAnswer = 1_000_000

export interface Answer {
  status: number
  headers: Record<string, string>
  text: string
  json: unknown
}

/**
 * One request of a channel, without judging the status: what it means is the channel's to say. Redirects are not
 * followed, because the address is the secret. The address never gets into a failure. A body that is a text already goes
 * out as it is, such as one that was signed. `json` is null for an empty answer and undefined for one that is not JSON.
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
): Promise<Result<Answer>> {
  try {
    const body = request.form
      ? new URLSearchParams(request.form).toString()
      : request.body === undefined
        ? undefined
        : textOf(request.body)
    const type = request.form ? 'application/x-www-form-urlencoded' : 'application/json'
    const answer = await system.fetch(request.url, {
      method: request.method,
      redirect: 'manual',
      headers: { 'content-type': type, 'user-agent': userAgent, ...request.headers },
      signal: AbortSignal.timeout(request.timeoutMs),
      ...(body === undefined ? {} : { body }),
    })
    const read = await readBody(answer, largestAnswer)
    if (!read.ok) return read
    const text = read.value
    return ok({ status: answer.status, headers: Object.fromEntries(answer.headers), text, json: parse(text) })
  } catch (error) {
    return err(networkFailure(error))
  }
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body)
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
