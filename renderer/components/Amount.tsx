import { t } from '@lingui/core/macro'
import { formatMoney } from '../../shared/money.ts'

/** Money for people; what is not known says so in words and is never 0. */
export function Amount({ amount, currency }: { amount: string | null; currency: string }) {
  if (amount === null) return <span className="quiet">{t`unknown`}</span>
  return <span className="number">{formatMoney(amount, currency)}</span>
}
