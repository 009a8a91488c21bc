import { fail, type Failure } from '../../../shared/failures.ts'
import { dayMs, secondMs } from '../../../shared/time.ts'
import type { Refusal } from '../adapter.ts'
import { refused } from './schema.ts'
import { i18n, sentences } from '../../../shared/words.ts'

const role = () => i18n.t('Give the application the role Cost Management Reader on it.')

export function refusal({ status, body, said, headers, nowMs }: Refusal): Failure | null {
  if (status === 429) return slowedDown(headers, nowMs)
  const parsed = refused.safeParse(body)
  if (!parsed.success) return null
  const because = said ? i18n.t('Azure says: {said}', { said }) : ''
  switch (parsed.data) {
    case 'invalid_client':
      return fail(
        'credential-rejected',
        /AADSTS7000222/.test(said)
          ? i18n.t('The client secret has expired. Create another one for the application.')
          : sentences(
              i18n.t('The client secret was refused. Enter its value, not its ID, of the application in client_id.'),
              because,
            ),
        { status },
      )
    case 'unauthorized_client':
      return fail(
        'credential-rejected',
        sentences(i18n.t('The directory does not know the application. Check client_id.'), because),
        {
          status,
        },
      )
    case 'invalid_request':
    case 'invalid_tenant':
      return /AADSTS(90002|900023|900021)/.test(said)
        ? fail('credential-rejected', sentences(i18n.t('There is no such directory. Check tenant.'), because), {
            status,
          })
        : null
    // Said with a status of 401, which it is not: the token is good, the role is missing.
    case 'RBACAccessDenied':
    case 'AuthorizationFailed':
      return fail(
        'permission-missing',
        sentences(i18n.t('The application may not read the costs of this scope.'), role(), because),
        {
          status,
        },
      )
    case 'AccountCostDisabled':
    case 'IndirectCostDisabled':
      return fail(
        'permission-missing',
        sentences(
          i18n.t('Whoever runs the billing account has hidden its costs. Let them turn on "View charges".'),
          because,
        ),
        { status },
      )
    case 'SubscriptionNotFound':
    case 'InvalidSubscriptionId':
    case 'ResourceGroupNotFound':
      return fail('not-found', sentences(i18n.t('Azure does not know this scope. Check the option scope.'), because), {
        status,
      })
    default:
      return null
  }
}

/** Each of its quotas has a wait of its own (seconds); the longest one counts. */
const quota = /^x-ms-ratelimit-microsoft\.(costmanagement|consumption)-.*retry-after$/

function slowedDown(headers: Headers, nowMs: number): Failure | null {
  const waits = [...headers].flatMap(([name, value]) =>
    (quota.test(name) || name === 'retry-after') && /^\d+$/.test(value.trim()) ? [Number(value) * secondMs] : [],
  )
  if (waits.length === 0) return null
  const retryAtMs = nowMs + Math.min(Math.max(...waits), dayMs)
  return fail('rate-limited', i18n.t('Azure asked us to slow down; the next read waits.'), { status: 429, retryAtMs })
}
