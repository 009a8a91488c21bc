import type { KeyCheck } from '../../../shared/accounts.ts'
import type { ReadContext } from '../adapter.ts'
import { mePage } from './schema.ts'

const canManage =
  'An Anthropic admin key has no scopes: besides reading the bill it can manage members, workspaces and keys. Keep it for this guard alone.'

/** What the shape of a key tells before it is sent anywhere. */
export function keyKind(secret: string): { kind: string; refused: string | null; warnings: string[] } {
  if (secret.startsWith('sk-ant-admin')) return { kind: 'Admin key', refused: null, warnings: [canManage] }
  if (secret.startsWith('sk-ant-oat')) return { kind: 'OAuth token', refused: null, warnings: [] }
  if (secret.startsWith('sk-ant-api')) {
    return {
      kind: 'API key',
      refused:
        'This is an ordinary API key: it can spend money but not read the bill. Create an admin key (sk-ant-admin01-…) in the Console.',
      warnings: [],
    }
  }
  return {
    kind: 'Unknown',
    refused: null,
    warnings: ['This does not look like an Anthropic admin key (sk-ant-admin01-…).'],
  }
}

export async function checkKey({ http }: ReadContext): Promise<KeyCheck> {
  const me = await http.get('/v1/organizations/me')
  if (!me.ok) return { ok: false, kind: 'Admin key', organization: null, warnings: [], failure: me.failure }
  const organization = mePage.safeParse(me.value)
  return {
    ok: true,
    kind: 'Admin key',
    organization: organization.success ? organization.data.name : null,
    warnings: [],
    failure: null,
  }
}
