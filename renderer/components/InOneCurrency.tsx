import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Amount } from './Amount.tsx'
import { ratesOfText, type DisplayTotal } from '../../shared/rate-notes.ts'

/** A total in the display currency, and where its rates are from; nothing where the exact amount says it already. */
export function InOneCurrency({ total }: { total: DisplayTotal | undefined }) {
  if (!total || (total.exchanges.length === 0 && total.missing.length === 0)) return null
  const rates = ratesOfText(total.exchanges)
  return (
    <p className="in-one small">
      <span>
        <Trans>
          In all <Amount amount={total.effective} currency={total.currency} />
        </Trans>
      </span>
      {rates && <span className="quiet"> · {rates}</span>}
      {total.missing.length > 0 && (
        <span className="near-text">
          {' · '}
          {t`without ${total.missing.join(', ')}: no rate is known`}
        </span>
      )}
    </p>
  )
}
