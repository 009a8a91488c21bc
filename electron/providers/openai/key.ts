import type { KeyCheck } from '../../../shared/accounts.ts'
import { dayMs, floorTo } from '../../../shared/time.ts'
import type { ReadContext } from '../adapter.ts'
import { i18n, sentences, listInWords } from '../../../shared/words.ts'

/** What the shape of a key tells before it is sent anywhere. */
export function keyKind(secret: string): { kind: string; refused: string | null; warnings: string[] } {
  const admin = i18n.t('Create an admin key (sk-admin-…) under organization settings, Admin keys.')
  if (secret.startsWith('sk-admin-')) return { kind: i18n.t('Admin key'), refused: null, warnings: [] }
  if (secret.startsWith('sk-proj-'))
    return {
      kind: i18n.t('Project key'),
      refused: sentences(i18n.t('This is a project key: it can spend money but not read the bill.'), admin),
      warnings: [],
    }
  if (secret.startsWith('sk-svcacct-'))
    return {
      kind: i18n.t('Service account key'),
      refused: sentences(i18n.t('This is a service account key: it cannot read the bill.'), admin),
      warnings: [],
    }
  if (secret.startsWith('sk-ant-'))
    return {
      kind: i18n.t('Anthropic key'),
      refused: i18n.t('This is a key of Anthropic, not of OpenAI.'),
      warnings: [],
    }
  if (secret.startsWith('sk-'))
    return {
      kind: i18n.t('User key'),
      refused: sentences(i18n.t('This is an ordinary API key: it can spend money but not read the bill.'), admin),
      warnings: [],
    }
  return {
    kind: i18n.t('Unknown'),
    refused: null,
    warnings: [i18n.t('This does not look like an OpenAI admin key (sk-admin-…).')],
  }
}

/** Reads that a key restricted to usage is refused. What works beyond that is more than the guard needs. */
const moreThanUsage = [
  ['/v1/organization/admin_api_keys', () => i18n.t('admin keys')],
  ['/v1/organization/users', () => i18n.t('members')],
] as const

export async function checkKey({ http }: ReadContext): Promise<KeyCheck> {
  const start = String(floorTo(Date.now() - dayMs, dayMs) / 1_000)
  const costs = await http.get('/v1/organization/costs', [
    ['start_time', start],
    ['limit', '1'],
  ])
  if (!costs.ok)
    return { ok: false, kind: i18n.t('Admin key'), organization: null, warnings: [], failure: costs.failure }
  const reachable: string[] = []
  for (const [path, what] of moreThanUsage) {
    if ((await http.get(path, [['limit', '1']])).ok) reachable.push(what())
  }
  const powers = listInWords(reachable)
  const warnings =
    reachable.length === 0
      ? []
      : [
          i18n.t(
            'This key can do more than read usage (it can manage {powers}). A key restricted to Usage: Read is safer.',
            { powers },
          ),
        ]
  return { ok: true, kind: i18n.t('Admin key'), organization: null, warnings, failure: null }
}
