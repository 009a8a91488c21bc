import { fail } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { ProviderRequest } from '../../http/provider-http.ts'
import type { CounterReading, KnownName, ReadContext } from '../adapter.ts'
import { followPages, unreadable } from '../pages.ts'
import { membersAnswer, spendPage, type MemberSpend } from './schema.ts'
import { i18n } from '../../../shared/words.ts'

const pageSize = 100

/** A question by POST. Sorted by person, so that nobody changes pages by spending while we turn them. */
export function spendRequest(page: number, size = pageSize): ProviderRequest {
  return {
    method: 'POST',
    path: '/teams/spend',
    json: { searchTerm: '', sortBy: 'user', sortDirection: 'asc', page, pageSize: size },
  }
}

/** What each member has cost on top of the seats since the billing cycle began. */
export async function readSpend({ http }: ReadContext): Promise<Result<CounterReading[]>> {
  let page = 1
  const read = await followPages(http, spendRequest(page), (answer, { path }) => {
    const parsed = spendPage.safeParse(answer)
    if (!parsed.success) return err(unreadable(path, parsed.error))
    const { teamMemberSpend: members, subscriptionCycleStart: sinceMs, totalPages } = parsed.data
    const more = typeof totalPages === 'number' ? page < totalPages : members.length >= pageSize
    if (more && members.length === 0)
      return err(
        fail(
          'truncated',
          i18n.t('{path} says there is more but sends none of it; nothing of it was stored.', { path }),
        ),
      )
    return ok({
      made: members.map((member) => ({ member, sinceMs })),
      next: more ? spendRequest(++page) : null,
    })
  })
  if (!read.ok) return read
  // Whoever joins meanwhile moves the others on, so that one may be on two pages.
  const once = new Map(read.value.map((one, index) => [one.member.userId ?? one.member.email ?? index, one]))
  return ok([...once.values()].map(({ member, sinceMs }) => reading(member, sinceMs)))
}

function reading({ email, userId, spendCents }: MemberSpend, sinceMs: number): CounterReading {
  const nobody = { model: null, project: null, tier: null }
  return {
    ...nobody,
    apiKey: email ?? userId,
    lineItem: 'On-demand usage',
    currency: 'USD',
    totalNanos: spendCents,
    sinceMs,
  }
}

export async function names({ http }: ReadContext): Promise<Result<KnownName[]>> {
  const path = '/teams/members'
  const answer = await http.get(path)
  if (!answer.ok) return answer
  const parsed = membersAnswer.safeParse(answer.value)
  if (!parsed.success) return err(unreadable(path, parsed.error))
  return ok(
    parsed.data.teamMembers.flatMap(({ email, name }) => (email && name ? [{ kind: 'key', id: email, name }] : [])),
  )
}
