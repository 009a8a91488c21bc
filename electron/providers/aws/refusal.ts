import { fail, type Failure } from '../../../shared/failures.ts'
import { hourMs } from '../../../shared/time.ts'
import type { Refusal } from '../adapter.ts'
import { refused } from './schema.ts'
import { i18n, sentences } from '../../../shared/words.ts'

/** AWS says most of what goes wrong with a status of 400; the name of the error tells it apart. */
export function refusal({ status, body, said, nowMs }: Refusal): Failure | null {
  const name = refused.safeParse(body)
  if (!name.success) return null
  const because = said ? i18n.t('AWS says: {said}', { said }) : ''
  const code = name.data.replace(/Exception$/, '')
  switch (code) {
    case 'ExpiredToken':
      return fail('credential-rejected', i18n.t('The temporary key has ended. Give the account a lasting one.'), {
        status,
      })
    case 'RequestExpired':
    case 'InvalidSignature':
    case 'SignatureDoesNotMatch':
      return fail(
        'credential-rejected',
        /expired|not yet current/i.test(said)
          ? i18n.t('AWS refused the time of the request. Check that the clock of this computer is right.')
          : i18n.t('The secret access key does not belong to its ID. Enter both again, as AKIA…:secret.'),
        { status },
      )
    case 'UnrecognizedClient':
    case 'InvalidClientTokenId':
    case 'InvalidAccessKeyId':
    case 'IncompleteSignature':
    case 'MissingAuthenticationToken':
      return fail(
        'credential-rejected',
        sentences(i18n.t('AWS does not know this key, or it was deactivated.'), because),
        { status },
      )
    case 'AccessDenied':
    case 'NotAuthorized':
    case 'UnauthorizedOperation':
      return fail(
        'permission-missing',
        sentences(
          i18n.t(
            'The key may not read this. Its policy has to allow ce:GetCostAndUsage, and for Bedrock cloudwatch:ListMetrics and cloudwatch:GetMetricData.',
          ),
          because,
        ),
        { status },
      )
    case 'OptInRequired':
      return fail(
        'permission-missing',
        sentences(i18n.t('The account has not signed up for this, or not enabled the region.'), because),
        {
          status,
        },
      )
    case 'LimitExceeded':
    case 'Throttling':
    case 'Throttled':
    case 'TooManyRequests':
    case 'RequestLimitExceeded':
      return fail('rate-limited', i18n.t('AWS asked us to slow down; the next read waits.'), { status })
    case 'DataUnavailable':
      return fail(
        'not-found',
        i18n.t(
          'Cost Explorer has no data of this account yet. Open it once in the AWS console to enable it; the first data takes about a day.',
        ),
        { status, retryAtMs: nowMs + 6 * hourMs },
      )
    default:
      return null
  }
}
