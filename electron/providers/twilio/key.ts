import type { KeyCheck } from '../../../shared/accounts.ts'
import { fail, type Failure } from '../../../shared/failures.ts'
import type { KeyKind, Options, ReadContext, Refusal } from '../adapter.ts'
import { statusOf } from '../refusals.ts'
import { accountPath, noSuchAccount, total } from './records.ts'
import { errorBody } from './schema.ts'
import { i18n, sentences } from '../../../shared/words.ts'

const create = () =>
  i18n.t(
    'Create a Restricted API key with the permission /twilio/billing/usage/read in the Console, and enter SID:secret (SK…:…).',
  )

export function keyKind(secret: string, options: Options): KeyKind {
  const [user = '', password = ''] = splitOnce(secret)
  // It goes into every path, also with an API key, which does not tell it.
  const sid = options['account_sid'] ?? ''
  const refuse = (refused: string): KeyKind => ({ kind: i18n.t('Unknown'), refused, warnings: [] })
  if (!isAccountSid(sid))
    return refuse(
      i18n.t('The option account_sid must be the Account SID: AC and 32 digits, on the first page of the Console.'),
    )
  if (password === '')
    return refuse(sentences(i18n.t('This is half a key: it is a SID and a secret with a colon between.'), create()))
  if (/^SK[0-9a-f]{32}$/i.test(user)) {
    const warnings =
      options['subaccounts'] === 'each'
        ? [i18n.t('A key of the main account may not reach its sub-accounts; then only its Auth Token can.')]
        : []
    return { kind: i18n.t('API key'), refused: null, warnings }
  }
  if (isAccountSid(user))
    return {
      kind: i18n.t('Auth Token'),
      refused: null,
      warnings: [
        sentences(
          i18n.t('The Auth Token can do everything, also send and spend. A key that only reads usage is safer.'),
          create(),
        ),
      ],
    }
  return refuse(sentences(i18n.t('This is no Twilio key.'), create()))
}

function isAccountSid(text: string): boolean {
  return /^AC[0-9a-f]{32}$/i.test(text)
}

function splitOnce(secret: string): string[] {
  const at = secret.indexOf(':')
  return at < 0 ? [secret] : [secret.slice(0, at), secret.slice(at + 1)]
}

/** Reads a little usage. A key that may look at the account itself can do more than it needs. */
export async function checkKey(context: ReadContext): Promise<KeyCheck> {
  const path = accountPath(context.options['account_sid'] ?? '')
  const usage = await context.http.get(`${path}/Usage/Records/Today.json`, [
    ['Category', total],
    ['PageSize', '1'],
  ])
  const kind = i18n.t('API key')
  if (!usage.ok && usage.failure.kind !== 'not-found')
    return { ok: false, kind, organization: null, warnings: [], failure: usage.failure }
  const account = await context.http.get(`${path}.json`)
  if (!usage.ok && !account.ok && account.failure.kind === 'not-found')
    return { ok: false, kind, organization: null, warnings: [], failure: noSuchAccount(account.failure) }
  const warnings = account.ok ? [i18n.t('This key can do more than read usage. A Restricted key is safer.')] : []
  return { ok: true, kind, organization: null, warnings, failure: null }
}

const meanings: Record<number, Failure['kind']> = {
  20003: 'credential-rejected',
  20005: 'credential-rejected',
  10001: 'credential-rejected',
  20008: 'credential-rejected',
  70051: 'permission-missing',
  20429: 'rate-limited',
}

function because({ said }: Refusal): string {
  return said ? i18n.t('Twilio says: {said}', { said }) : ''
}

/** Twilio says in a number of its own what is wrong; 401 alone may also be a missing permission. */
export function refusal(refused: Refusal): Failure | null {
  const code = errorBody.safeParse(refused.body)
  const kind = code.success ? meanings[code.data.code] : undefined
  if (kind === 'permission-missing')
    return fail(
      kind,
      sentences(
        i18n.t('The key lacks a permission for this; the bill takes /twilio/billing/usage/read.'),
        because(refused),
      ),
      statusOf(refused),
    )
  if (kind === 'credential-rejected')
    return fail(
      kind,
      sentences(
        i18n.t('Twilio refused the key. Check SID, secret and Account SID, and that the account is active.'),
        because(refused),
      ),
      statusOf(refused),
    )
  return null
}
