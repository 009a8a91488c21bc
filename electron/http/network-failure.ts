import { fail, type Failure } from '../../shared/failures.ts'

/** What a rejected fetch means. Its message may hold the address, so only the code is kept. */
export function networkFailure(error: unknown): Failure {
  const { name, cause } = error as { name?: string; cause?: { code?: unknown; name?: string } }
  const code = typeof cause?.code === 'string' ? cause.code : ''
  const late = name === 'TimeoutError' || name === 'AbortError' || cause?.name === 'TimeoutError'
  if (late || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return fail('timeout', 'There was no answer in time. It will be tried again.')
  }
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET' || name === 'SyntaxError') {
    return fail('truncated', `The connection broke off (${code || 'reset'}). It will be tried again.`)
  }
  if (/CERT|TLS|SSL|SIGNATURE/.test(code)) {
    return fail('refused-host', `The server's certificate is not trusted (${code}).`)
  }
  return fail(
    'offline',
    `The server cannot be reached${code ? ` (${code})` : ''}. Check the connection; it will be tried again.`,
  )
}
