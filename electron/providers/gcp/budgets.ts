import { z } from 'zod'
import type { Cap } from '../../../shared/caps.ts'
import { fail } from '../../../shared/failures.ts'
import { lookUp } from '../../../shared/look-up.ts'
import { nanosPerUnit, nanosToDecimal } from '../../../shared/money.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { currencyCode, label } from '../../http/json-schema.ts'
import type { ProviderRequest } from '../../http/provider-http.ts'
import type { ReadContext } from '../adapter.ts'
import { followPages, unreadable, type Page } from '../pages.ts'
import { i18n } from '../../../shared/words.ts'

export const budgetsOrigin = 'https://billingbudgets.googleapis.com'

/** A sum in whole units and billionths, both with the sign. Units are text, and left out where they are 0. */
const money = z
  .object({
    currencyCode: currencyCode,
    units: z.union([z.string(), z.number()]).optional().default('0').transform(String),
    nanos: z.int().optional().default(0),
  })
  .refine(({ units }) => /^-?\d{1,15}$/.test(units), { error: 'not an amount' })

/** Billing Budgets v1, billingAccounts.budgets.list; 2026-11-25. */
const budgetsPage = z.object({
  budgets: z
    .array(
      z.object({
        displayName: label,
        amount: z.object({ specifiedAmount: money.optional() }).optional(),
        budgetFilter: z
          .object({
            calendarPeriod: label,
            customPeriod: z.unknown().optional(),
            projects: z.array(z.string()).optional(),
          })
          .optional(),
      }),
    )
    .optional(),
  nextPageToken: z.string().optional(),
})
type Budget = NonNullable<z.output<typeof budgetsPage>['budgets']>[number]

/**
 * The budgets of the billing account. They only send messages: nothing stops at Google when one is used up. What was
 * spent of them is not told here.
 */
export async function caps(context: ReadContext): Promise<Result<Cap[]>> {
  const account = context.options['billing_account']
  if (!account)
    return err(
      fail(
        'invalid-input',
        i18n.t('Name the billing account in the option billing_account, then its budgets can be read.'),
      ),
    )
  const first: ProviderRequest = {
    path: `${budgetsOrigin}/v1/billingAccounts/${encodeURIComponent(account)}/budgets`,
    query: [['pageSize', '100']],
  }
  return followPages(context.http, first, (answer): Result<Page<Cap>> => {
    const parsed = budgetsPage.safeParse(answer)
    if (!parsed.success) return err(unreadable(i18n.t('The list of budgets'), parsed.error))
    const { budgets = [], nextPageToken: token } = parsed.data
    return ok({
      made: budgets.map(capOf),
      next: token ? { ...first, query: [...(first.query ?? []), ['pageToken', token]] } : null,
    })
  })
}

const periods: Readonly<Record<string, Cap['period']>> = { MONTH: 'month', QUARTER: 'quarter', YEAR: 'year' }

function capOf({ displayName: name, amount, budgetFilter: filter }: Budget): Cap {
  const period = filter?.customPeriod ? '' : (filter?.calendarPeriod ?? 'MONTH')
  const sum = amount?.specifiedAmount
  const projects = filter?.projects ?? []
  return {
    scope: [name ? i18n.t('budget {name}', { name }) : i18n.t('budget without a name'), ...projects].join(', '),
    effect: 'warn',
    // The other kind is as much as was spent in the period before, which is not told here.
    limit: sum ? nanosToDecimal(BigInt(sum.units) * nanosPerUnit + BigInt(sum.nanos)) : null,
    currency: sum?.currencyCode ?? 'USD',
    // A period of one's own runs from a day to a day, once.
    period: lookUp(periods, period) ?? 'total',
  }
}
