import { fail } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Query } from '../../http/provider-http.ts'
import type { KnownName, ReadContext } from '../adapter.ts'
import { unreadable } from '../pages.ts'
import { listPage } from './schema.ts'
import { i18n } from '../../../shared/words.ts'

const mostPages = 20

/** Names of projects and keys. A key restricted to usage may not read them, which is fine: ids are shown then. */
export async function names(context: ReadContext): Promise<Result<KnownName[]>> {
  const all = await projects(context, [['include_archived', 'true']])
  if (!all.ok) return all
  const known: KnownName[] = all.value.map((project) => ({ kind: 'project', ...project }))
  for (const project of all.value) {
    const keys = await list(context, `/v1/organization/projects/${encodeURIComponent(project.id)}/api_keys`, [])
    if (keys.ok) known.push(...keys.value.map((key) => ({ kind: 'key' as const, ...key })))
  }
  return ok(known)
}

/** Ids and names; archived ones only where asked for. */
export function projects(context: ReadContext, query: Query = []): Promise<Result<{ id: string; name: string }[]>> {
  return list(context, '/v1/organization/projects', query)
}

async function list(
  { http }: ReadContext,
  path: string,
  query: Query,
): Promise<Result<{ id: string; name: string }[]>> {
  const found: { id: string; name: string }[] = []
  let after: string | null = null
  for (let page = 0; page < mostPages; page++) {
    const answer = await http.get(path, [
      ['limit', '100'],
      ...query,
      ...(after === null ? [] : [['after', after] as const]),
    ])
    if (!answer.ok) return answer
    const parsed = listPage.safeParse(answer.value)
    if (!parsed.success) return err(unreadable(path, parsed.error))
    for (const { id, name } of parsed.data.data) if (name) found.push({ id, name })
    const last: string | null = parsed.data.last_id ?? parsed.data.data.at(-1)?.id ?? null
    if (!parsed.data.has_more) return ok(found)
    if (last === null || last === after) break
    after = last
  }
  return err(fail('truncated', i18n.t('{path} does not end.', { path })))
}
