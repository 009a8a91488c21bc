import { fail } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { ReadContext } from '../adapter.ts'
import { unreadable } from '../pages.ts'
import { keyAnswer } from './schema.ts'
import { i18n } from '../../../shared/words.ts'

const path = '/auth/management-keys/validation'

/** The team whose bill is read: the one that was named, or the one that the key belongs to. */
export async function teamOf({ http, options }: ReadContext): Promise<Result<string>> {
  const named = options['team_id']
  if (named) return ok(named)
  const answer = await http.get(path)
  if (!answer.ok) return answer
  const key = keyAnswer.safeParse(answer.value)
  if (!key.success) return err(unreadable(path, key.error))
  const { teamId, scope, scopeId } = key.data
  const team = scope === null || scope === 'SCOPE_TEAM' ? (scopeId ?? teamId) : teamId
  return team
    ? ok(team)
    : err(
        fail(
          'unexpected-response',
          i18n.t('{path} names no team of this key. Say which one with the option team_id.', { path }),
        ),
      )
}

export function billingPath(team: string): string {
  return `/v1/billing/teams/${encodeURIComponent(team)}`
}
