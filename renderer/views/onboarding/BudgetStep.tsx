import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/Field.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { useAction, useCall } from '../../hooks/use-call.ts'
import { useForm } from '../../hooks/use-form.ts'
import { usualText } from '../../words/budget-text.ts'
import { budgetEntry } from '../../../shared/budgets.ts'
import { formatMoney } from '../../../shared/money.ts'

/** Where no history tells: high enough to be quiet for most, low enough to notice. */
const fallbackLimit = '50'

/** Waits for nothing: the suggestion improves while the history comes in, until somebody types. */
export function BudgetStep({ onNext }: { onNext: () => void }) {
  const { currency = 'USD' } = useCall('status:get', {}).value?.month[0] ?? {}
  const preview = useCall('budgets:preview', { period: 'day', currency }).value
  const suggested = preview?.suggested ?? null
  const [typed, setTyped] = useState<string | null>(null)
  const limit = typed ?? suggested ?? fallbackLimit
  const save = useAction('budgets:set')
  const form = useForm({
    initial: {},
    schema: budgetEntry,
    toEntry: () => ({ limit: limit.trim(), currency, period: 'day', scope: 'all' }),
    send: (entry) => save.run(entry),
    onDone: onNext,
  })
  return (
    <form className="form" onSubmit={form.submit} noValidate>
      <div>
        <h2>{t`How much is too much in a day?`}</h2>
        <p className="quiet">
          {suggested && preview
            ? t`${usualText(preview, 'day', currency)} We suggest ${formatMoney(suggested, currency)}; you hear about 50%, 80% and 100% of it.`
            : t`There is no history to go by yet. You hear about 50%, 80% and 100% of it, and can change it at any time.`}
        </p>
      </div>
      <TextField
        label={t`Limit per day (${currency})`}
        inputMode="decimal"
        value={limit}
        error={form.errors['limit']}
        onChange={setTyped}
      />
      {form.failure && <FailureNote failure={form.failure} />}
      <div className="buttons buttons-end">
        <Button onClick={onNext}>{t`Not now`}</Button>
        <Button look="primary" type="submit" busy={form.busy}>{t`Set budget`}</Button>
      </div>
    </form>
  )
}
