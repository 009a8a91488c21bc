import type { Cap } from '../../../shared/caps.ts'
import { nanosToDecimal } from '../../../shared/money.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { ProviderRequest } from '../../http/provider-http.ts'
import type { Balance, ReadContext } from '../adapter.ts'
import { followPages, unreadable } from '../pages.ts'
import { creditsAnswer, keyAnswer, keysPage, type LimitedKey } from './schema.ts'
import { i18n } from '../../../shared/words.ts'

/** The credits that are left, which only a management key may see. */
export async function balances({ http }: ReadContext): Promise<Result<Balance[]>> {
  const path = '/api/v1/credits'
  const answer = await http.get(path)
  if (!answer.ok) return answer
  const parsed = creditsAnswer.safeParse(answer.value)
  if (!parsed.success) return err(unreadable(path, parsed.error))
  const { total_credits: bought, total_usage: used } = parsed.data.data
  return ok([{ currency: 'USD', leftNanos: bought - used }])
}

/** Limits of the keys, beyond which OpenRouter refuses them; of an ordinary key, its own. */
export async function caps({ http }: ReadContext): Promise<Result<Cap[]>> {
  const keys = await readKeys(http)
  if (keys.ok) return ok(keys.value.filter((key) => !key.disabled).flatMap(capOf))
  if (keys.failure.kind !== 'permission-missing') return keys
  const path = '/api/v1/key'
  const own = await http.get(path)
  if (!own.ok) return own
  const parsed = keyAnswer.safeParse(own.value)
  return parsed.success ? ok(capOf({ ...parsed.data.data, name: null })) : err(unreadable(path, parsed.error))
}

const pageSize = 100

/** The keys of the default workspace, a hundred at a time. */
function readKeys(http: ReadContext['http']): Promise<Result<LimitedKey[]>> {
  const asking = (offset: number): ProviderRequest => ({ path: '/api/v1/keys', query: [['offset', String(offset)]] })
  let offset = 0
  return followPages(http, asking(offset), (answer, { path }) => {
    const parsed = keysPage.safeParse(answer)
    if (!parsed.success) return err(unreadable(path, parsed.error))
    const { data } = parsed.data
    return ok({ made: data, next: data.length >= pageSize ? asking((offset += data.length)) : null })
  })
}

const periods: Record<string, Cap['period']> = { daily: 'day', weekly: 'week', monthly: 'month' }

function capOf({ name, label, limit, limit_reset: reset }: Omit<LimitedKey, 'disabled'>): Cap[] {
  if (limit === null || limit === undefined) return []
  const period = periods[reset ?? ''] ?? 'total'
  return [
    {
      scope: i18n.t('key {name}', { name: name ?? label ?? '' }),
      effect: 'stop',
      limit: nanosToDecimal(limit),
      currency: 'USD',
      period,
    },
  ]
}
