import type { KeyCheck } from '../../../shared/accounts.ts'
import type { KeyKind, Options, ReadContext } from '../adapter.ts'
import { monthAt } from '../months.ts'
import { readMonth } from './read.ts'
import { i18n, sentences } from '../../../shared/words.ts'

const create = () =>
  i18n.t(
    'Create a fine-grained token (github_pat_…): owned by the organization, with the organization permission Administration: Read; for your own bill, with the account permission Plan: Read.',
  )

/** What the shape of a token tells before it is sent anywhere. */
export function keyKind(secret: string, options: Options): KeyKind {
  const kind = kindOf(secret)
  const refused = kind.refused ?? refuseOwner(options)
  return { ...kind, refused }
}

function refuseOwner({ org = '', user = '' }: Options): string | null {
  if (org !== '' && user !== '')
    return i18n.t('Give either the option org or the option user: each has a bill of its own.')
  return org === '' && user === '' ? i18n.t('GitHub needs the option org (an organization) or user (a person).') : null
}

function kindOf(secret: string): KeyKind {
  const can = i18n.t('It can do more than read the bill; a fine-grained token with that one permission is safer.')
  if (secret.startsWith('github_pat_')) return { kind: i18n.t('Fine-grained token'), refused: null, warnings: [] }
  if (secret.startsWith('ghp_')) return { kind: i18n.t('Classic token'), refused: null, warnings: [can] }
  if (secret.startsWith('gho_')) return { kind: i18n.t('OAuth token'), refused: null, warnings: [can] }
  if (secret.startsWith('ghs_') || secret.startsWith('ghu_') || secret.startsWith('ghr_'))
    return {
      kind: i18n.t('App token'),
      refused: sentences(i18n.t('This is the token of an app or a workflow: it ends within hours.'), create()),
      warnings: [],
    }
  return {
    kind: i18n.t('Unknown'),
    refused: null,
    warnings: [i18n.t('This does not look like a GitHub token (github_pat_…).')],
  }
}

export async function checkKey(context: ReadContext): Promise<KeyCheck> {
  const report = await readMonth(context, monthAt(context.now()).fromMs)
  const organization = context.options['org'] || context.options['user'] || null
  return report.ok
    ? { ok: true, kind: i18n.t('Token'), organization, warnings: [], failure: null }
    : { ok: false, kind: i18n.t('Token'), organization: null, warnings: [], failure: report.failure }
}
