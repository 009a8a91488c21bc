import type { KeyCheck } from '../../../shared/accounts.ts'
import type { ReadContext } from '../adapter.ts'
import { mePage } from './schema.ts'
import { i18n } from '../../../shared/words.ts'

const canManage = () =>
  i18n.t(
    'An Anthropic admin key has no scopes: besides reading the bill it can manage members, workspaces and keys. Keep it for this guard alone.',
  )

/** What the shape of a key tells before it is sent anywhere. */
export function keyKind(secret: string): { kind: string; refused: string | null; warnings: string[] } {
  if (secret.startsWith('sk-ant-admin')) return { kind: i18n.t('Admin key'), refused: null, warnings: [canManage()] }
  if (secret.startsWith('sk-ant-oat')) return { kind: i18n.t('OAuth token'), refused: null, warnings: [] }
  if (secret.startsWith('sk-ant-api')) {
    return {
      kind: i18n.t('API key'),
      refused: i18n.t(
        'This is an ordinary API key: it can spend money but not read the bill. Create an admin key (sk-ant-admin01-…) in the Console.',
      ),
      warnings: [],
    }
  }
  return {
    kind: i18n.t('Unknown'),
    refused: null,
    warnings: [i18n.t('This does not look like an Anthropic admin key (sk-ant-admin01-…).')],
  }
}

export async function checkKey({ http }: ReadContext): Promise<KeyCheck> {
  const me = await http.get('/v1/organizations/me')
  if (!me.ok) return { ok: false, kind: i18n.t('Admin key'), organization: null, warnings: [], failure: me.failure }
  const organization = mePage.safeParse(me.value)
  return {
    ok: true,
    kind: i18n.t('Admin key'),
    organization: organization.success ? organization.data.name : null,
    warnings: [],
    failure: null,
  }
}
