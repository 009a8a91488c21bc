import type { KeyCheck } from '../../../shared/accounts.ts'
import { fail } from '../../../shared/failures.ts'
import { monthAt } from '../months.ts'
import type { KeyKind, ReadContext } from '../adapter.ts'
import { readMonth } from './read.ts'
import { originOf } from './sites.ts'
import { i18n } from '../../../shared/words.ts'

const kind = () => i18n.t('Pair of keys')
const scoped = () =>
  i18n.t(
    'An application key without scopes can do whatever its owner can. Give it the scopes usage_read and billing_read, and no others.',
  )

/** Both keys in one line, as the parts of a whole. */
export function partsOf(secret: string): [apiKey: string, applicationKey: string] {
  const [apiKey = '', applicationKey = ''] = secret.trim().split(':')
  return [apiKey, applicationKey]
}

export function keyKind(secret: string): KeyKind {
  const [apiKey, applicationKey] = partsOf(secret)
  const refuse = (refused: string): KeyKind => ({ kind: kind(), refused, warnings: [] })
  if (!/^[^:\s]+:[^:\s]+$/.test(secret.trim()))
    return refuse(
      i18n.t('Datadog needs two keys in one line, api_key:application_key. Create both under Organization settings.'),
    )
  if (/^[0-9a-f]{40}$/.test(apiKey) && /^[0-9a-f]{32}$/.test(applicationKey))
    return refuse(
      i18n.t('The two keys are the wrong way round: first the API key (32 digits), then the application key (40).'),
    )
  return { kind: kind(), refused: null, warnings: [scoped()] }
}

/** Datadog says "forbidden" to wrong keys and to narrow ones alike; another of its endpoints tells them apart. */
export async function checkKey(context: ReadContext): Promise<KeyCheck> {
  const refused = (failure: KeyCheck['failure']): KeyCheck => ({
    ok: false,
    kind: kind(),
    organization: null,
    warnings: [],
    failure,
  })
  const valid = await context.http.get(`${originOf(context.options['site'])}/api/v2/validate_keys`)
  if (!valid.ok && valid.failure.status === 403)
    return refused(
      fail('credential-rejected', i18n.t('Datadog refused these keys. Check both, and that the site is theirs.'), {
        status: 403,
      }),
    )
  if (!valid.ok) return refused(valid.failure)
  const costs = await readMonth(context, monthAt(context.now()))
  return costs.ok ? { ok: true, kind: kind(), organization: null, warnings: [], failure: null } : refused(costs.failure)
}
