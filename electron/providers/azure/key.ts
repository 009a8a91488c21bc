import type { KeyCheck } from '../../../shared/accounts.ts'
import { dayMs, floorTo } from '../../../shared/time.ts'
import type { KeyKind, Options, ReadContext } from '../adapter.ts'
import { question, scopeOf } from './costs.ts'
import { i18n } from '../../../shared/words.ts'

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const scopes =
  /^(subscriptions\/[^/]+(\/resourceGroups\/[^/]+)?|providers\/Microsoft\.(Management\/managementGroups|Billing\/billingAccounts)\/.+)$/i

/** A secret has no shape of its own, but an ID has: it is what people copy from the column beside it. */
export function keyKind(secret: string, options: Options): KeyKind {
  const kind = i18n.t('Client secret')
  const refuse = (refused: string): KeyKind => ({ kind, refused, warnings: [] })
  if (guid.test(secret))
    return refuse(
      i18n.t('This is the ID of a client secret. Enter its value, which Azure shows once, when you create it.'),
    )
  if (secret.length < 16)
    return refuse(i18n.t('This is too short for a client secret. Create one under Certificates & secrets.'))
  const { tenant = '', client_id: clientId = '' } = options
  // A directory may also go by one of its domains.
  if (!guid.test(tenant) && !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(tenant))
    return refuse(i18n.t('The option tenant is the Directory (tenant) ID on the overview page of the application.'))
  if (!guid.test(clientId))
    return refuse(
      i18n.t('The option client_id is the Application (client) ID on the overview page of the application.'),
    )
  if (!scopes.test(scopeOf(options)))
    return refuse(
      i18n.t(
        'The option scope looks like subscriptions/ID, subscriptions/ID/resourceGroups/NAME, providers/Microsoft.Management/managementGroups/ID or providers/Microsoft.Billing/billingAccounts/ID.',
      ),
    )
  return { kind, refused: null, warnings: [] }
}

/** Signs in and asks for the costs of one day, which is free. */
export async function checkKey({ http, options, now }: ReadContext): Promise<KeyCheck> {
  const toMs = floorTo(now(), dayMs)
  const answer = await http.send(question(options, { fromMs: toMs - dayMs, toMs }))
  const failure = answer.ok || answer.failure.status === 204 ? null : answer.failure
  return { ok: failure === null, kind: i18n.t('Client secret'), organization: scopeOf(options), warnings: [], failure }
}
