import type { Cap } from '../../../shared/caps.ts'
import { nanosToDecimal } from '../../../shared/money.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { ReadContext } from '../adapter.ts'
import { accountPath, listAll, total } from './records.ts'
import { triggersPage } from './schema.ts'
import { i18n } from '../../../shared/words.ts'

const periods: Record<string, Cap['period']> = { daily: 'day', monthly: 'month', yearly: 'year' }

/**
 * Usage triggers call an address when the price of a period crosses a value; they stop nothing by themselves. Their
 * amounts are in the currency of the account, which is US dollars for all but a few.
 */
export async function caps(context: ReadContext): Promise<Result<Cap[]>> {
  const path = `${accountPath(context.options['account_sid'] ?? '')}/Usage/Triggers.json`
  const triggers = await listAll(context, path, [['PageSize', '1000']], triggersPage, (page) => page.usage_triggers)
  if (!triggers.ok) return triggers
  return ok(
    triggers.value
      .filter((one) => one.trigger_by === 'price')
      .map(({ usage_category: category, trigger_value: value, recurring }) => ({
        scope: category === total ? i18n.t('account') : category,
        effect: 'warn',
        limit: nanosToDecimal(value),
        currency: 'USD',
        period: periods[recurring ?? ''] ?? 'total',
      })),
  )
}
