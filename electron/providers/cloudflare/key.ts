import type { KeyCheck } from '../../../shared/accounts.ts'
import type { KeyKind, Options, ReadContext } from '../adapter.ts'
import { notCovered, readSubscriptions } from './read.ts'
import { i18n, sentences, listInWords } from '../../../shared/words.ts'

const create = () => i18n.t('Create an API token with the permission Account, Billing: Read and nothing else.')

/** Formats: developers.cloudflare.com/fundamentals/api/get-started/token-formats, checked 2026-11-25. */
export function keyKind(secret: string, { account_id: account = '' }: Options): KeyKind {
  if (secret.startsWith('cfk_') || /^[0-9a-f]{37}$/.test(secret))
    return {
      kind: i18n.t('Global API key'),
      refused: sentences(i18n.t('This is the Global API Key: it can do everything that you can.'), create()),
      warnings: [],
    }
  if (secret.startsWith('v1.0-'))
    return {
      kind: i18n.t('Service key'),
      refused: sentences(i18n.t('This is a service key: it cannot read the bill.'), create()),
      warnings: [],
    }
  const kind = secret.startsWith('cfat_') ? i18n.t('Account token') : i18n.t('Token')
  // Of the right length, letters and digits; a name or an address is what people try.
  const refused = /^[0-9a-z]{32}$/i.test(account)
    ? null
    : i18n.t(
        'The option account_id is 32 letters and digits: the Account ID on the overview page of the account in the dashboard.',
      )
  return { kind, refused, warnings: [] }
}

/** Reads that a token for billing alone is refused. */
const moreThanBilling = [
  ['members', 'members'],
  ['workers/scripts', 'Workers'],
] as const

export async function checkKey(context: ReadContext): Promise<KeyCheck> {
  const kind = i18n.t('Token')
  const subscriptions = await readSubscriptions(context)
  if (!subscriptions.ok) return { ok: false, kind, organization: null, warnings: [], failure: subscriptions.failure }
  const account = `/client/v4/accounts/${encodeURIComponent(context.options['account_id'] ?? '')}`
  const reachable: string[] = []
  for (const [path, what] of moreThanBilling)
    if ((await context.http.get(`${account}/${path}`)).ok) reachable.push(what)
  const warnings = subscriptions.value.length === 0 ? [notCovered().message] : []
  if (reachable.length > 0)
    warnings.push(
      sentences(
        i18n.t('This token can do more than read the bill (it reaches {reachable}).', {
          reachable: listInWords(reachable),
        }),
        create(),
      ),
    )
  return { ok: true, kind, organization: null, warnings, failure: null }
}
