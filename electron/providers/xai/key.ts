import type { KeyCheck } from '../../../shared/accounts.ts'
import type { KeyKind, ReadContext } from '../adapter.ts'
import { billingPath, teamOf } from './team.ts'
import { i18n, sentences } from '../../../shared/words.ts'

const create = () =>
  i18n.t('Create a management key at console.x.ai, Settings, Management keys, with Billing set to read.')

/** How management keys look is not documented; xAI refuses those of other kinds itself. */
export function keyKind(secret: string): KeyKind {
  if (secret.startsWith('sk-'))
    return {
      kind: i18n.t('Key of another provider'),
      refused: sentences(i18n.t('This is no key of xAI.'), create()),
      warnings: [],
    }
  return { kind: i18n.t('Management key'), refused: null, warnings: [] }
}

export async function checkKey(context: ReadContext): Promise<KeyCheck> {
  const kind = i18n.t('Management key')
  const team = await teamOf(context)
  if (!team.ok) return { ok: false, kind, organization: null, warnings: [], failure: team.failure }
  const bill = await context.http.get(`${billingPath(team.value)}/postpaid/invoice/preview`)
  if (!bill.ok) return { ok: false, kind, organization: null, warnings: [], failure: bill.failure }
  const keys = await context.http.get(`/auth/teams/${encodeURIComponent(team.value)}/api-keys`)
  const warnings = keys.ok
    ? [
        i18n.t(
          'This key can do more than read the bill (it sees the API keys). One with Billing set to read alone is safer.',
        ),
      ]
    : []
  return { ok: true, kind, organization: team.value, warnings, failure: null }
}
