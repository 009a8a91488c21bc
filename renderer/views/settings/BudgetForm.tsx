import { t } from '@lingui/core/macro'
import { entryOf, valuesOf, type BudgetValues } from './budget-values.ts'
import { BudgetPreview } from './BudgetPreview.tsx'
import { ScopeFields } from './ScopeFields.tsx'
import { Thresholds } from './Thresholds.tsx'
import { Button } from '../../components/Button.tsx'
import { SelectField, TextField } from '../../components/Field.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { useAction } from '../../hooks/use-call.ts'
import { useForm } from '../../hooks/use-form.ts'
import { periodWords } from '../../words/names.ts'
import { budgetEntry, previewRequest, type Budget } from '../../../shared/budgets.ts'
import { scopeKinds } from '../../../shared/scope.ts'
import { periods } from '../../../shared/time.ts'

interface BudgetFormProps {
  budget: Budget | null
  accounts: readonly { id: string; label: string }[]
  onDone: () => void
  onCancel: () => void
}

export function BudgetForm({ budget, accounts, onDone, onCancel }: BudgetFormProps) {
  const save = useAction('budgets:set')
  const form = useForm({
    initial: valuesOf(budget) as BudgetValues,
    schema: budgetEntry,
    toEntry: (values) => entryOf(values, budget?.id),
    send: (entry) => save.run(entry),
    onDone,
  })
  const { values, errors, set } = form
  const typed = entryOf(values, undefined)
  const preview = previewRequest.safeParse({ ...typed, limit: typed.limit || null })
  return (
    <form className="form" onSubmit={form.submit} noValidate>
      <div className="form-row form-row-three">
        <TextField
          label={t`Limit`}
          inputMode="decimal"
          placeholder="100"
          value={values.limit}
          error={errors['limit']}
          onChange={(value) => set('limit', value)}
        />
        <TextField
          label={t`Currency`}
          maxLength={3}
          value={values.currency}
          error={errors['currency']}
          onChange={(value) => set('currency', value)}
        />
        <SelectField
          label={t`Period`}
          value={values.period}
          choices={periods.map((period) => ({ value: period, label: periodWords[period] }))}
          onChange={(value) => set('period', value)}
        />
      </div>
      <ScopeFields
        kinds={scopeKinds}
        kind={values.scopeKind}
        name={values.scopeName}
        accounts={accounts}
        error={errors['scope']}
        onKind={(scopeKind) => form.replace({ ...values, scopeKind, scopeName: '' })}
        onName={(value) => set('scopeName', value)}
      />
      <Thresholds
        thresholds={values.thresholds}
        currency={values.currency}
        errors={errors}
        onChange={(thresholds) => set('thresholds', thresholds)}
      />
      <TextField
        label={t`Time zone (optional)`}
        placeholder={t`Europe/Berlin or UTC`}
        hint={t`Where the period begins and ends. Empty: the guard's own.`}
        value={values.zone}
        error={errors['zone']}
        onChange={(value) => set('zone', value)}
      />
      {preview.success && <BudgetPreview entry={preview.data} onSuggest={(limit) => set('limit', limit)} />}
      {form.failure && <FailureNote failure={form.failure} />}
      <div className="buttons buttons-end">
        <Button onClick={onCancel}>{t`Cancel`}</Button>
        <Button look="primary" type="submit" busy={form.busy}>{t`Save budget`}</Button>
      </div>
    </form>
  )
}
