import { t } from '@lingui/core/macro'
import { Button } from '../../components/Button.tsx'
import { useCall } from '../../hooks/use-call.ts'
import { useSettled } from '../../hooks/use-settled.ts'
import { useZone } from '../../hooks/use-zone.ts'
import { usualText, wouldHaveText } from '../../words/budget-text.ts'
import { formatMoney } from '../../../shared/money.ts'
import type { Request } from '../../../shared/ipc.ts'

/** What the budget that is being typed would have said so far, and a limit that the past suggests. */
export function BudgetPreview({
  entry,
  onSuggest,
}: {
  entry: Request<'budgets:preview'>
  onSuggest: (limit: string) => void
}) {
  const settled = useSettled(entry)
  const own = useZone()
  const zone = settled.zone ?? own
  const preview = useCall('budgets:preview', settled).value
  const currency = entry.currency ?? 'USD'
  const { suggested } = preview ?? {}
  return (
    <div className="preview" aria-live="polite">
      <p className="small">{preview ? usualText(preview, entry.period, currency) : t`Looking at the past…`}</p>
      {preview?.thresholds.map(({ threshold, times, lastAt }, index) => (
        <p key={index} className="quiet small">
          {wouldHaveText(threshold, times, lastAt, currency, zone)}
        </p>
      ))}
      {suggested && suggested !== entry.limit && (
        <Button onClick={() => onSuggest(suggested)}>{t`Use ${formatMoney(suggested, currency)}`}</Button>
      )}
    </div>
  )
}
