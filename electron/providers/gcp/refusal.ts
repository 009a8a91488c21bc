import { z } from 'zod'
import { andAgain, fail, type Failure } from '../../../shared/failures.ts'
import { minuteMs } from '../../../shared/time.ts'
import { retryAfterAt } from '../../http/retry-after.ts'
import type { Refusal } from '../adapter.ts'
import { i18n } from '../../../shared/words.ts'

const apiError = z.object({
  error: z.object({ errors: z.array(z.object({ reason: z.string() })).optional(), status: z.string().optional() }),
})
const oauthError = z.object({ error: z.string(), error_description: z.string().optional() })

/** Quotas of BigQuery are by the minute or the day. */
const quotaWaitMs = 5 * minuteMs

/** Google says what it means in a reason; the status alone is often another (a quota is a 403). */
export function refusal(refused: Refusal): Failure | null {
  const { status, body, said } = refused
  const api = apiError.safeParse(body)
  if (api.success) return meaning(api.data.error.errors?.[0]?.reason ?? '', refused)
  const oauth = oauthError.safeParse(body)
  return oauth.success ? signInFailure(oauth.data, status, said) : null
}

function meaning(reason: string, { status, said, headers, nowMs }: Refusal): Failure | null {
  switch (reason) {
    case 'accessDenied':
      return fail(
        'permission-missing',
        i18n.t(
          'The account may not read this. For the bill it needs BigQuery Job User on the project that pays and BigQuery Data Viewer on the dataset. Google says: {said}',
          { said },
        ),
        { status },
      )
    case 'notFound':
      return fail(
        'not-found',
        i18n.t('Not there. Check the options table and location. Google says: {said}', { said }),
        { status },
      )
    case 'bytesBilledLimitExceeded':
      return fail(
        'invalid-input',
        i18n.t(
          'The query would have billed more than the option max_bytes allows, so it was not run and costs nothing. Raise max_bytes if that is fine. Google says: {said}',
          { said },
        ),
        { status },
      )
    case 'rateLimitExceeded':
    case 'userRateLimitExceeded':
    case 'quotaExceeded':
    case 'jobRateLimitExceeded':
      return fail('rate-limited', i18n.t('A quota is used up; the next read waits. Google says: {said}', { said }), {
        status,
        retryAtMs: retryAfterAt(headers.get('retry-after'), nowMs) ?? nowMs + quotaWaitMs,
      })
    case 'backendError':
      return fail('provider-down', andAgain(i18n.t('Google has a fault ({status}).', { status })), { status })
    default:
      return null
  }
}

function signInFailure(
  { error, error_description: why = '' }: z.output<typeof oauthError>,
  status: number,
  said: string,
) {
  if (error !== 'invalid_grant' && error !== 'invalid_client') return null
  if (/short-lived|timeframe|iat and exp/i.test(why))
    return fail(
      'credential-rejected',
      i18n.t(
        "Google refused the sign-in because this computer's clock is wrong. Set date and time right, then try again.",
      ),
      { status },
    )
  return fail(
    'credential-rejected',
    i18n.t(
      "Google refused the sign-in: the key or login was deleted, disabled or has expired, or this computer's clock is wrong. Google says: {said}",
      { said },
    ),
    { status },
  )
}
