import { andAgain, fail, type Failure } from '../../shared/failures.ts'
import { i18n } from '../../shared/words.ts'

/** A connection that ended before the answer did, as Node and Chromium say it. */
const brokenOff =
  /^(ECONNRESET|UND_ERR_SOCKET|CONNECTION_(RESET|CLOSED|ABORTED)|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING|CONTENT_LENGTH_MISMATCH)$/
/** What came does not unpack: gzip and deflate, Brotli, and as Chromium says it. */
const damaged = /^(Z_\w+|ERR__ERROR_\w+|CONTENT_DECODING_FAILED)$/
const tooLate = /^(UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT|TIMED_OUT|CONNECTION_TIMED_OUT)$/
/** Nobody was reached, so nothing that was sent can have arrived; where a code is not here, that is open. */
const nobody =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|NAME_NOT_RESOLVED|CONNECTION_REFUSED|INTERNET_DISCONNECTED|ADDRESS_UNREACHABLE|PROXY_CONNECTION_FAILED)$/

/** Whether a rejected fetch never got to the other side: no such name, nobody listening, or a certificate not trusted. */
export function reachedNobody(error: unknown): boolean {
  return nobody.test(codeOf(error)) || networkFailure(error).kind === 'refused-host'
}

function codeOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { code?: unknown } }
  return typeof cause?.code === 'string' ? cause.code : (/^net::ERR_(\w+)/.exec(message ?? '')?.[1] ?? '')
}

/** What a rejected fetch means. Its message may hold the address, so only the code is kept. */
export function networkFailure(error: unknown): Failure {
  const { name, cause } = error as { name?: string; cause?: { name?: string } }
  const code = codeOf(error)
  const late = name === 'TimeoutError' || name === 'AbortError' || cause?.name === 'TimeoutError'
  if (late || tooLate.test(code)) {
    return fail('timeout', andAgain(i18n.t('There was no answer in time.')))
  }
  if (brokenOff.test(code) || name === 'SyntaxError') {
    return fail('truncated', andAgain(i18n.t('The connection broke off ({code}).', { code: code || 'reset' })))
  }
  if (damaged.test(code)) return fail('truncated', i18n.t('The server sent data that breaks off or is damaged.'))
  if (/CERT|TLS|SSL|SIGNATURE/.test(code)) {
    return fail('refused-host', i18n.t("The server's certificate is not trusted ({code}).", { code }))
  }
  return fail(
    'offline',
    code
      ? andAgain(i18n.t('The server cannot be reached ({code}). Check the connection.', { code }))
      : andAgain(i18n.t('The server cannot be reached. Check the connection.')),
  )
}
