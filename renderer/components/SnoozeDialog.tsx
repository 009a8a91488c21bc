import { t } from '@lingui/core/macro'
import { z } from 'zod'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { TextField } from './Field.tsx'
import { FailureNote } from './Notes.tsx'
import { useAction } from '../hooks/use-call.ts'
import { typedNumber } from '../hooks/field-errors.ts'
import { useForm } from '../hooks/use-form.ts'
import type { Alert } from '../../shared/alerts.ts'
import { positiveAmount } from '../../shared/amounts.ts'
import { hourMs, iso } from '../../shared/time.ts'

const entry = z.object({
  hours: z
    .number()
    .positive()
    .max(24 * 90),
  untilAmount: positiveAmount.nullable(),
})

export function SnoozeDialog({ alert, onClose }: { alert: Alert; onClose: () => void }) {
  const snooze = useAction('alerts:snooze')
  const form = useForm({
    initial: { hours: '2', untilAmount: '' },
    schema: entry,
    toEntry: ({ hours, untilAmount }) => ({
      hours: typedNumber(hours),
      untilAmount: untilAmount.trim() || null,
    }),
    send: ({ hours, untilAmount }) =>
      snooze.run({ id: alert.id, via: 'dashboard', until: iso(Date.now() + hours * hourMs), untilAmount }),
    onDone: onClose,
  })
  return (
    <Dialog
      open
      title={t`Snooze this alert`}
      about={t`It speaks again at the time, or earlier when the amount is passed.`}
      onClose={onClose}
    >
      <form className="form" onSubmit={form.submit} noValidate>
        <div className="form-row">
          <TextField
            label={t`Hours`}
            inputMode="decimal"
            value={form.values.hours}
            error={form.errors['hours']}
            onChange={(value) => form.set('hours', value)}
          />
          <TextField
            label={t`Or above (${alert.currency}, optional)`}
            inputMode="decimal"
            value={form.values.untilAmount}
            error={form.errors['untilAmount']}
            onChange={(value) => form.set('untilAmount', value)}
          />
        </div>
        {form.failure && <FailureNote failure={form.failure} />}
        <div className="buttons buttons-end">
          <Button onClick={onClose}>{t`Cancel`}</Button>
          <Button look="primary" type="submit" busy={form.busy}>{t`Snooze`}</Button>
        </div>
      </form>
    </Dialog>
  )
}
