import { z } from 'zod'
import type { Cap } from '../../../shared/caps.ts'
import { nanosToDecimal } from '../../../shared/money.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { centsNanos, currencyCode } from '../../http/json-schema.ts'
import type { ProviderRequest } from '../../http/provider-http.ts'
import type { ReadContext } from '../adapter.ts'
import { followPages, unreadable } from '../pages.ts'
import { projects } from './names.ts'
import { i18n } from '../../../shared/words.ts'

/** Amounts are in cents and the only interval is a month. developers.openai.com/api/docs/guides/spend-limits, 2026-11-25. */
const limit = z.object({ threshold_amount: centsNanos, currency: currencyCode })
const alertsPage = z.object({ data: z.array(limit), has_more: z.boolean().nullish(), last_id: z.string().nullish() })

const organization = '/v1/organization'

/**
 * Hard limits, which make requests fail, and alerts, which only send mail; of the organization and of its projects. A
 * restricted key may not read which projects there are: then only what holds for all is known, and where that is nothing,
 * nothing is known.
 */
export async function caps(context: ReadContext): Promise<Result<Cap[]>> {
  const own = await capsOf(context, organization, i18n.t('organization'))
  if (!own.ok) return own
  const known = await projects(context)
  const found = own.value
  if (!known.ok && found.length === 0) return known
  for (const { id, name } of known.ok ? known.value : []) {
    const path = `${organization}/projects/${encodeURIComponent(id)}`
    const theirs = await capsOf(context, path, i18n.t('project {name}', { name }))
    if (!theirs.ok) return theirs
    found.push(...theirs.value)
  }
  return ok(found)
}

async function capsOf(context: ReadContext, path: string, scope: string): Promise<Result<Cap[]>> {
  const hard = await context.http.get(`${path}/spend_limit`)
  const found: Cap[] = []
  if (hard.ok) {
    const parsed = limit.safeParse(hard.value)
    if (!parsed.success) return err(unreadable(`${path}/spend_limit`, parsed.error))
    if (parsed.data.threshold_amount > 0n) found.push(capOf(scope, 'stop', parsed.data))
  } else if (hard.failure.kind !== 'not-found') return hard
  const first: ProviderRequest = { path: `${path}/spend_alerts`, query: [['limit', '100']] }
  const alerts = await followPages(context.http, first, (answer) => {
    const parsed = alertsPage.safeParse(answer)
    if (!parsed.success) return err(unreadable(first.path, parsed.error))
    const { data, has_more: more, last_id: after } = parsed.data
    const next: ProviderRequest = { ...first, query: [...(first.query ?? []), ['after', after ?? '']] }
    return ok({ made: data.map((one) => capOf(scope, 'warn', one)), next: more ? next : null })
  })
  if (alerts.ok) found.push(...alerts.value)
  else if (alerts.failure.kind !== 'not-found') return alerts
  return ok(found)
}

function capOf(scope: string, effect: Cap['effect'], one: z.output<typeof limit>): Cap {
  return { scope, effect, limit: nanosToDecimal(one.threshold_amount), currency: one.currency, period: 'month' }
}
