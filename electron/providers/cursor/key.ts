import type { KeyCheck } from '../../../shared/accounts.ts'
import type { KeyKind, ReadContext } from '../adapter.ts'
import { spendRequest } from './spend.ts'

const canManage =
  'An Admin API key of Cursor can also change spend limits and billing groups. Keep it for this guard alone.'

/** Keys of a person (for agents) look the same as those of a team; Cursor tells them apart. */
export function keyKind(secret: string): KeyKind {
  const create = 'Create an Admin API key in the dashboard of the team.'
  if (secret.startsWith('sk-'))
    return { kind: 'Key of another provider', refused: `This is no key of Cursor. ${create}`, warnings: [] }
  if (/^(crsr|key)_/.test(secret)) return { kind: 'Admin API key', refused: null, warnings: [canManage] }
  return { kind: 'Unknown', refused: null, warnings: ['This does not look like a key of Cursor (crsr_… or key_…).'] }
}

export async function checkKey({ http }: ReadContext): Promise<KeyCheck> {
  const answer = await http.send(spendRequest(1, 1))
  const failure = answer.ok ? null : answer.failure
  return { ok: answer.ok, kind: 'Admin API key', organization: null, warnings: [], failure }
}
