import type { KeyCheck } from '../../../shared/accounts.ts'
import type { KeyKind, ReadContext } from '../adapter.ts'
import { unreadable } from '../pages.ts'
import { keyAnswer } from './schema.ts'
import { i18n, sentences } from '../../../shared/words.ts'

const create = () => i18n.t('Create a management key at openrouter.ai, Settings, Management keys.')

/** Both kinds of OpenRouter's keys look the same; which one it is tells only OpenRouter. */
export function keyKind(secret: string): KeyKind {
  if (secret.startsWith('sk-or-')) return { kind: i18n.t('Key'), refused: null, warnings: [] }
  if (secret.startsWith('sk-'))
    return {
      kind: i18n.t('Key of another provider'),
      refused: sentences(i18n.t('This is no key of OpenRouter.'), create()),
      warnings: [],
    }
  return {
    kind: i18n.t('Unknown'),
    refused: null,
    warnings: [i18n.t('This does not look like an OpenRouter key (sk-or-v1-…).')],
  }
}

const canManage = () =>
  i18n.t(
    'A management key can also create, change and delete keys (it cannot spend by itself). Keep it for this guard alone.',
  )
const seesItself = () =>
  sentences(
    i18n.t(
      'This is an ordinary API key: it can spend money, and shows neither the bill by model nor what other keys spend.',
    ),
    create(),
  )

export async function checkKey({ http }: ReadContext): Promise<KeyCheck> {
  const kind = 'Key'
  const answer = await http.get('/api/v1/key')
  if (!answer.ok) return { ok: false, kind, organization: null, warnings: [], failure: answer.failure }
  const key = keyAnswer.safeParse(answer.value)
  if (!key.success)
    return { ok: false, kind, organization: null, warnings: [], failure: unreadable('/api/v1/key', key.error) }
  const manages = key.data.data.is_management_key ?? key.data.data.is_provisioning_key ?? false
  return { ok: true, kind, organization: null, warnings: [manages ? canManage() : seesItself()], failure: null }
}
