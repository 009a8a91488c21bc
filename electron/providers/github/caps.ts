import { z } from 'zod'
import type { Cap } from '../../../shared/caps.ts'
import { fail } from '../../../shared/failures.ts'
import { nanosToDecimal } from '../../../shared/money.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { amountNanos, label } from '../../http/json-schema.ts'
import type { ReadContext } from '../adapter.ts'
import { followPages, unreadable } from '../pages.ts'
import { i18n } from '../../../shared/words.ts'

/** docs.github.com/rest/billing/budgets, checked 2026-11-25. Budgets are monthly and in US dollars. */
const budgetsPage = z.object({
  budgets: z.array(
    z.object({
      budget_scope: label,
      budget_entity_name: label,
      budget_product_skus: z.array(z.string()).nullish(),
      budget_amount: amountNanos,
      prevent_further_usage: z.boolean(),
    }),
  ),
  has_next_page: z.boolean().nullish(),
})

/** Budgets of an organization. Those of a person are not offered to programs. */
export async function caps(context: ReadContext): Promise<Result<Cap[]>> {
  const { org = '' } = context.options
  if (org === '')
    return err(
      fail('not-found', i18n.t('GitHub shows the budgets of organizations only. Look at your own on its page.')),
    )
  const path = `/organizations/${encodeURIComponent(org)}/settings/billing/budgets`
  const asked = (page: number) => ({
    path,
    query: [
      ['per_page', '100'],
      ['page', String(page)],
    ] as const,
  })
  let number = 1
  return followPages(context.http, asked(number), (answer) => {
    const page = budgetsPage.safeParse(answer)
    if (!page.success) return err(unreadable(path, page.error))
    return ok({ made: page.data.budgets.map(capOf), next: page.data.has_next_page ? asked(++number) : null })
  })
}

function capOf(budget: z.output<typeof budgetsPage>['budgets'][number]): Cap {
  const products = budget.budget_product_skus?.join(', ')
  const whose = [budget.budget_scope, budget.budget_entity_name].filter(Boolean).join(' ') || i18n.t('organization')
  return {
    scope: products ? `${whose} (${products})` : whose,
    effect: budget.prevent_further_usage ? 'stop' : 'warn',
    limit: nanosToDecimal(budget.budget_amount),
    currency: 'USD',
    period: 'month',
  }
}
