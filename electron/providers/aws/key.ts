import type { KeyCheck } from '../../../shared/accounts.ts'
import type { KeyKind, Options, ReadContext } from '../adapter.ts'
import { unreadable } from '../pages.ts'
import { refuseOptions } from './options.ts'
import { identity } from './regions.ts'
import { callerPage } from './schema.ts'
import { i18n, sentences } from '../../../shared/words.ts'

const create = () =>
  i18n.t(
    'Create an access key for an IAM user that may only read costs, and enter it as one line: AKIA…:secret access key.',
  )

/** What the shape of a key, and the options beside it, tell before anything is sent. */
export function keyKind(secret: string, options: Options): KeyKind {
  const refuse = (refused: string, kind = i18n.t('Access key')) => ({ kind, refused, warnings: [] })
  if (/^(ABSK|bedrock-api-key-)/.test(secret))
    return refuse(
      sentences(i18n.t('This is a Bedrock API key: it can spend money but not read the bill.'), create()),
      i18n.t('Bedrock API key'),
    )
  const [id = '', key = '', token] = secret.split(':')
  if (!/^(AKIA|ASIA)[A-Z0-9]{12,124}$/.test(id))
    return refuse(
      sentences(i18n.t('An access key of AWS starts with AKIA (or ASIA, a temporary one).'), create()),
      i18n.t('Unknown'),
    )
  if (!/^[A-Za-z0-9/+=]{30,}$/.test(key))
    return refuse(sentences(i18n.t('The secret access key is missing behind the ID.'), create()))
  if (id.startsWith('ASIA') && !token)
    return refuse(
      sentences(
        i18n.t('A temporary key (ASIA…) needs its session token behind another colon, and ends within hours.'),
        create(),
      ),
    )
  const warnings = token
    ? [i18n.t('This is a temporary key: the account goes blind when it ends. An IAM user has lasting ones.')]
    : []
  return { kind: token ? i18n.t('Temporary key') : i18n.t('Access key'), refused: refuseOptions(options), warnings }
}

/**
 * Asks who the key belongs to, which needs no permission and costs nothing. Whether it may read costs shows with the
 * first read: to ask would be a cent.
 */
export async function checkKey({ http }: ReadContext): Promise<KeyCheck> {
  const failed = (failure: KeyCheck['failure']): KeyCheck => {
    return { ok: false, kind: i18n.t('Access key'), organization: null, warnings: [], failure }
  }
  const answer = await http.send({
    method: 'POST',
    path: `${identity}/`,
    form: [
      ['Action', 'GetCallerIdentity'],
      ['Version', '2011-06-15'],
    ],
  })
  if (!answer.ok) return failed(answer.failure)
  const caller = callerPage.safeParse(answer.value)
  if (!caller.success) return failed(unreadable('GetCallerIdentity', caller.error))
  const { Account, Arn } = caller.data.GetCallerIdentityResponse.GetCallerIdentityResult
  const isRoot = Arn.endsWith(':root')
  return {
    ok: true,
    kind: i18n.t('Access key'),
    organization: `account ${Account}`,
    warnings: isRoot
      ? [
          i18n.t(
            'This key belongs to the root user: it can do everything, and cannot be limited. Use one of an IAM user.',
          ),
        ]
      : [],
    failure: null,
  }
}
