import { fail } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { KnownName, ReadContext } from '../adapter.ts'
import { unreadable } from '../pages.ts'
import { listPage } from './schema.ts'
import { i18n } from '../../../shared/words.ts'

const mostPages = 20

/** Names of workspaces and keys. */
export async function names(context: ReadContext): Promise<Result<KnownName[]>> {
  const workspaces = await list(context, '/v1/organizations/workspaces', 'project')
  if (!workspaces.ok) return workspaces
  const keys = await list(context, '/v1/organizations/api_keys', 'key')
  return keys.ok ? ok([...workspaces.value, ...keys.value]) : workspaces
}

async function list({ http }: ReadContext, path: string, kind: KnownName['kind']): Promise<Result<KnownName[]>> {
  const found: KnownName[] = []
  let after: string | null = null
  for (let page = 0; page < mostPages; page++) {
    const answer = await http.get(path, [['limit', '100'], ...(after === null ? [] : [['after_id', after] as const])])
    if (!answer.ok) return answer
    const parsed = listPage.safeParse(answer.value)
    if (!parsed.success) return err(unreadable(path, parsed.error))
    for (const { id, name } of parsed.data.data) if (name) found.push({ kind, id, name })
    if (!parsed.data.has_more) return ok(found)
    const last = parsed.data.last_id
    if (last === null || last === after) break
    after = last
  }
  return err(fail('truncated', i18n.t('{path} does not end.', { path })))
}
