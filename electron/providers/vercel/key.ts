import type { KeyCheck } from '../../../shared/accounts.ts'
import { dayMs, floorTo, hourMs } from '../../../shared/time.ts'
import type { KeyKind, ReadContext } from '../adapter.ts'
import { readCharges } from './read.ts'
import { i18n } from '../../../shared/words.ts'

const canMore = () =>
  i18n.t(
    'A Vercel token has no permissions of its own: it can do in that team whatever its maker can. Let somebody with the role Billing make it, and keep it for this guard alone.',
  )

export function keyKind(secret: string): KeyKind {
  if (secret.startsWith('vck_'))
    return {
      kind: i18n.t('AI Gateway key'),
      refused: i18n.t(
        'This is a key of the AI Gateway: it can spend money but not read the bill. Create an access token under Account settings, Tokens.',
      ),
      warnings: [],
    }
  return { kind: i18n.t('Access token'), refused: null, warnings: [canMore()] }
}

export async function checkKey(context: ReadContext): Promise<KeyCheck> {
  const kind = i18n.t('Access token')
  const toMs = floorTo(context.now(), hourMs)
  const charges = await readCharges(context, { fromMs: toMs - 3 * dayMs, toMs })
  if (!charges.ok) return { ok: false, kind, organization: null, warnings: [], failure: charges.failure }
  const empty = i18n.t('Vercel names no costs of this team for the last three days. Teams on the Hobby plan have none.')
  const warnings = charges.value.length === 0 ? [empty] : []
  return { ok: true, kind, organization: context.options['team_id'] ?? null, warnings, failure: null }
}
