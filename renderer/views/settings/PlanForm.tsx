import { t } from '@lingui/core/macro'
import { ScopeFields } from './ScopeFields.tsx'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/Field.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { useAction } from '../../hooks/use-call.ts'
import { useForm } from '../../hooks/use-form.ts'
import { useZone } from '../../hooks/use-zone.ts'
import { planEntry, planScopes } from '../../../shared/plans.ts'
import { formatScope } from '../../../shared/scope.ts'
import { addDays, localDay } from '../../../shared/time.ts'

interface PlanFormProps {
  accounts: readonly { id: string; label: string }[]
  /** Where somebody comes from spend that was told already. */
  initial?: { currency: string; scopeKind: (typeof planScopes)[number]; scopeName: string }
  onDone: () => void
  onCancel: () => void
}

export function PlanForm({ accounts, initial, onDone, onCancel }: PlanFormProps) {
  const zone = useZone()
  const add = useAction('plans:add')
  const today = localDay(Date.now(), zone)
  const form = useForm({
    initial: {
      limit: '',
      currency: 'USD',
      from: today,
      to: addDays(today, 3),
      note: '',
      scopeKind: 'all' as (typeof planScopes)[number],
      scopeName: '',
      ...initial,
    },
    schema: planEntry,
    toEntry: ({ scopeKind, scopeName, limit, currency, ...values }) => ({
      ...values,
      limit: limit.trim(),
      currency: currency.trim().toUpperCase(),
      scope: formatScope({ kind: scopeKind, name: scopeName.trim() }),
    }),
    send: (entry) => add.run(entry),
    onDone,
  })
  const { values, errors, set } = form
  return (
    <form className="form" onSubmit={form.submit} noValidate>
      <TextField
        label={t`What for (optional)`}
        placeholder={t`Launch`}
        value={values.note}
        error={errors['note']}
        onChange={(value) => set('note', value)}
      />
      <div className="form-row">
        <TextField
          label={t`Up to, each day`}
          inputMode="decimal"
          placeholder="300"
          hint={t`Ordinary spend included.`}
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
      </div>
      <div className="form-row">
        <TextField
          label={t`First day`}
          type="date"
          value={values.from}
          error={errors['from']}
          onChange={(value) => set('from', value)}
        />
        <TextField
          label={t`Last day`}
          type="date"
          value={values.to}
          error={errors['to']}
          onChange={(value) => set('to', value)}
        />
      </div>
      <ScopeFields
        kinds={planScopes}
        kind={values.scopeKind}
        name={values.scopeName}
        accounts={accounts}
        error={errors['scope']}
        onKind={(scopeKind) => form.replace({ ...values, scopeKind, scopeName: '' })}
        onName={(value) => set('scopeName', value)}
      />
      {form.failure && <FailureNote failure={form.failure} />}
      <div className="buttons buttons-end">
        <Button onClick={onCancel}>{t`Cancel`}</Button>
        <Button look="primary" type="submit" busy={form.busy}>{t`Save plan`}</Button>
      </div>
    </form>
  )
}
