import { z } from 'zod'
import { fail, type Failure } from '../../shared/failures.ts'
import { redact } from '../logging/redact.ts'

const errorBody = z.object({ error: z.object({ message: z.string() }) })
const longestQuote = 200

/**
 * What a status other than 200 means. The provider's own sentence is quoted only after redaction, and short. `secret` is
 * what was sent: a server may repeat a key that has the shape of none, such as one of a gateway.
 */
export function statusFailure(
  status: number,
  body: string,
  retryAtMs: number | null,
  secret: string | null = null,
): Failure {
  const said = quote(body, secret)
  const facts = { status, ...(retryAtMs === null ? {} : { retryAtMs }) }
  const because = said ? ` The provider says: ${said}` : ''
  if (/CORS requests are not allowed/.test(said))
    return fail('unexpected-response', `The request looked like a browser's.${because}`, facts)
  if (/missing scopes|insufficient permissions/i.test(said))
    return fail('permission-missing', `The key lacks a permission.${because}`, facts)
  if (status === 401)
    return fail(
      'credential-rejected',
      `The provider refused the key. Check that it is an admin key and still active.${because}`,
      facts,
    )
  if (status === 403) return fail('permission-missing', `The key may not read this.${because}`, facts)
  if (status === 429) return fail('rate-limited', 'The provider asked us to slow down; the next read waits.', facts)
  if (status === 408) return fail('timeout', 'The provider gave up waiting.', facts)
  if (status >= 500)
    return fail('provider-down', `The provider has a fault (${status}). It will be tried again.`, facts)
  if (status === 404)
    return fail('not-found', `The provider does not know this address (404). Check the base URL.${because}`, facts)
  return fail('unexpected-response', `The provider answered ${status}.${because}`, facts)
}

function quote(body: string, secret: string | null): string {
  try {
    const parsed = errorBody.safeParse(JSON.parse(body))
    if (!parsed.success) return ''
    const { message } = parsed.data.error
    return redact(secret ? message.replaceAll(secret, '[redacted]') : message).slice(0, longestQuote)
  } catch {
    return '' // not JSON: a page of a front server has nothing to say to a person
  }
}
