import { t } from '@lingui/core/macro'
import type { BudgetValues } from './budget-values.ts'
import { Button } from '../../components/Button.tsx'
import type { FieldErrors } from '../../hooks/field-errors.ts'
import { severityWords } from '../../words/names.ts'
import { severities } from '../../../shared/alerts.ts'

interface ThresholdsProps {
  thresholds: BudgetValues['thresholds']
  /** Of the budget, for thresholds that are amounts. */
  currency: string
  errors: FieldErrors
  onChange: (thresholds: BudgetValues['thresholds']) => void
}

export function Thresholds({ thresholds, currency, errors, onChange }: ThresholdsProps) {
  const change = (index: number, part: Partial<BudgetValues['thresholds'][number]>) =>
    onChange(thresholds.map((each, at) => (at === index ? { ...each, ...part } : each)))
  return (
    <fieldset className="field">
      <legend>{t`Tell somebody at`}</legend>
      <ul className="thresholds">
        {thresholds.map(({ at, unit, severity }, index) => {
          const error = errors[`thresholds.${index}.percent`] ?? errors[`thresholds.${index}.amount`]
          return (
            <li key={index}>
              <div className="threshold">
                <input
                  className="input input-small number"
                  inputMode="decimal"
                  autoComplete="off"
                  size={5}
                  aria-label={t`Threshold ${index + 1}`}
                  aria-invalid={error ? true : undefined}
                  aria-describedby={error ? `threshold-error-${index}` : undefined}
                  value={at}
                  onChange={(event) => change(index, { at: event.target.value })}
                />
                <select
                  className="input input-small"
                  aria-label={t`Unit of threshold ${index + 1}`}
                  value={unit}
                  onChange={(event) => change(index, { unit: event.target.value === 'amount' ? 'amount' : 'percent' })}
                >
                  <option value="percent">{t`% of the limit`}</option>
                  <option value="amount">{currency || 'amount'}</option>
                </select>
                <select
                  className="input input-small"
                  aria-label={t`Severity of threshold ${index + 1}`}
                  value={severity}
                  onChange={(event) =>
                    change(index, { severity: severities.find((each) => each === event.target.value) ?? severity })
                  }
                >
                  {severities.map((each) => (
                    <option key={each} value={each}>
                      {severityWords[each]}
                    </option>
                  ))}
                </select>
                <Button
                  look="ghost"
                  icon="trash"
                  aria-label={t`Remove threshold ${index + 1}`}
                  onClick={() => onChange(thresholds.filter((_, at) => at !== index))}
                />
              </div>
              {error && (
                <p className="field-error" id={`threshold-error-${index}`} role="alert">
                  {error}
                </p>
              )}
            </li>
          )
        })}
      </ul>
      {errors['thresholds'] && (
        <p className="field-error" role="alert">
          {errors['thresholds']}
        </p>
      )}
      <div>
        <Button
          icon="plus"
          onClick={() => onChange([...thresholds, { at: '', unit: 'percent', severity: 'critical' }])}
        >{t`Add threshold`}</Button>
      </div>
    </fieldset>
  )
}
