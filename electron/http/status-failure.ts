import { z } from 'zod'
import { andAgain, fail, type Failure } from '../../shared/failures.ts'
import { redact } from '../logging/redact.ts'
import { i18n, sentences } from '../../shared/words.ts'

const text = z.string().min(1)

/** Where providers put their sentence: OpenAI, Anthropic and Google; OAuth; Twilio, GitHub and AWS; Cloudflare; Datadog; RFC 9457. */
const quotes = [
  z.object({ error: z.object({ message: text }) }).transform(({ error }) => error.message),
  z.object({ error_description: text }).transform((body) => body.error_description),
  z.object({ error: text }).transform((body) => body.error),
  z.object({ message: text }).transform((body) => body.message),
  z.object({ Message: text }).transform((body) => body.Message),
  z.object({ detail: z.object({ message: text }) }).transform(({ detail }) => detail.message),
  z.object({ detail: text }).transform(({ detail }) => detail),
  z
    .object({ errors: z.tuple([z.object({ message: text })], z.unknown()) })
    .transform(({ errors }) => errors[0].message),
  z.object({ errors: z.tuple([text], z.unknown()) }).transform(({ errors }) => errors[0]),
] as const
const longestQuote = 200

/**
 * What a status other than 200 means, and what the provider said to it (see `quoteOf`).
 */
export function statusFailure(status: number, said: string, retryAtMs: number | null): Failure {
  const facts = { status, ...(retryAtMs === null ? {} : { retryAtMs }) }
  const because = said ? i18n.t('The provider says: {said}', { said }) : ''
  if (/CORS requests are not allowed/.test(said))
    return fail('unexpected-response', sentences(i18n.t("The request looked like a browser's."), because), facts)
  if (/missing scopes|insufficient permissions/i.test(said))
    return fail('permission-missing', sentences(i18n.t('The key lacks a permission.'), because), facts)
  if (status === 401)
    return fail(
      'credential-rejected',
      sentences(i18n.t('The provider refused the key. Check that it is the right kind and still active.'), because),
      facts,
    )
  if (status === 403) return fail('permission-missing', sentences(i18n.t('The key may not read this.'), because), facts)
  if (status === 429)
    return fail('rate-limited', i18n.t('The provider asked us to slow down; the next read waits.'), facts)
  if (status === 408) return fail('timeout', i18n.t('The provider gave up waiting.'), facts)
  if (status >= 500)
    return fail('provider-down', andAgain(i18n.t('The provider has a fault ({status}).', { status })), facts)
  if (status === 404)
    return fail(
      'not-found',
      sentences(i18n.t('The provider does not know this address (404). Check the base URL.'), because),
      facts,
    )
  return fail('unexpected-response', sentences(i18n.t('The provider answered {status}.', { status }), because), facts)
}

/**
 * The provider's own sentence in an error body, redacted and short; '' where it has none. `secrets` is what was sent: a
 * server may repeat a key that has the shape of none, such as one of a gateway.
 */
export function quoteOf(body: unknown, secrets: readonly string[]): string {
  for (const sentence of quotes) {
    const found = sentence.safeParse(body)
    if (found.success) return redact(withoutSecrets(found.data, secrets)).slice(0, longestQuote)
  }
  return ''
}

const shortestSecret = 8

/** A key may be made of parts (`SK…:secret`, a document): each is blotted out, before the text is cut to length. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  const parts = secrets.flatMap((secret) => [secret, ...secret.split(/(?:\\n|[\s:"',{}])+/)])
  return [...new Set(parts)]
    .filter((part) => part.length >= shortestSecret)
    .sort((a, b) => b.length - a.length)
    .reduce((clean, part) => clean.replaceAll(part, '[redacted]'), text)
}
