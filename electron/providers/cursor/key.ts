import type { KeyCheck } from '../../../shared/accounts.ts'
import type { KeyKind, ReadContext } from '../adapter.ts'
import { spendRequest } from './spend.ts'
import { i18n, sentences } from '../../../shared/words.ts'

const canManage = () =>
  i18n.t('An Admin API key of Cursor can also change spend limits and billing groups. Keep it for this guard alone.')

/** Keys of a person (for agents) look the same as those of a team; Cursor tells them apart. */
export function keyKind(secret: string): KeyKind {
  const create = i18n.t('Create an Admin API key in the dashboard of the team.')
  if (secret.startsWith('sk-'))
    return {
      kind: i18n.t('Key of another provider'),
      refused: sentences(i18n.t('This is no key of Cursor.'), create),
      warnings: [],
    }
  if (/^(crsr|key)_/.test(secret)) return { kind: i18n.t('Admin API key'), refused: null, warnings: [canManage()] }
  return {
    kind: i18n.t('Unknown'),
    refused: null,
    warnings: [i18n.t('This does not look like a key of Cursor (crsr_… or key_…).')],
  }
}

export async function checkKey({ http }: ReadContext): Promise<KeyCheck> {
  const answer = await http.send(spendRequest(1, 1))
  const failure = answer.ok ? null : answer.failure
  return { ok: answer.ok, kind: i18n.t('Admin API key'), organization: null, warnings: [], failure }
}
