import { t } from '@lingui/core/macro'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/Field.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { useAction } from '../../hooks/use-call.ts'
import { useForm } from '../../hooks/use-form.ts'
import { manualRateEntry } from '../../../shared/rate-notes.ts'
import { utcDay } from '../../../shared/time.ts'

export function RateForm({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const save = useAction('rates:set')
  const form = useForm({
    initial: { from: 'USD', to: '', rate: '', fromDay: utcDay(Date.now()) },
    schema: manualRateEntry,
    toEntry: ({ from, to, rate, fromDay }) => ({
      from: from.trim().toUpperCase(),
      to: to.trim().toUpperCase(),
      rate: rate.trim(),
      fromDay,
    }),
    send: (entry) => save.run(entry),
    onDone,
  })
  const { values, errors, set } = form
  return (
    <form className="form" onSubmit={form.submit} noValidate>
      <div className="form-row form-row-three">
        <TextField
          label={t`One`}
          maxLength={3}
          value={values.from}
          error={errors['from']}
          onChange={(value) => set('from', value)}
        />
        <TextField
          label={t`Is worth`}
          inputMode="decimal"
          placeholder="0.92"
          value={values.rate}
          error={errors['rate']}
          onChange={(value) => set('rate', value)}
        />
        <TextField
          label={t`Of`}
          maxLength={3}
          placeholder="EUR"
          value={values.to}
          error={errors['to']}
          onChange={(value) => set('to', value)}
        />
      </div>
      <TextField
        label={t`From this day on`}
        type="date"
        hint={t`Until a later rate of the same two currencies. Days are those of UTC.`}
        value={values.fromDay}
        error={errors['fromDay']}
        onChange={(value) => set('fromDay', value)}
      />
      {form.failure && <FailureNote failure={form.failure} />}
      <div className="buttons buttons-end">
        <Button onClick={onCancel}>{t`Cancel`}</Button>
        <Button look="primary" type="submit" busy={form.busy}>{t`Save rate`}</Button>
      </div>
    </form>
  )
}
