import { t } from '@lingui/core/macro'
import { HoursFields } from './HoursFields.tsx'
import { passesWords } from './people-words.ts'
import { Button } from '../../components/Button.tsx'
import { SelectField, TextField } from '../../components/Field.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { Switch } from '../../components/Switch.tsx'
import { useAction } from '../../hooks/use-call.ts'
import { useForm } from '../../hooks/use-form.ts'
import { useZone } from '../../hooks/use-zone.ts'
import type { Severity } from '../../../shared/alerts.ts'
import { weekdays, type Hours } from '../../../shared/hours.ts'
import { personEntry, type Person } from '../../../shared/people.ts'

interface PersonFormProps {
  /** Null for somebody new. */
  person: Person | null
  taken: readonly string[]
  onDone: () => void
  onCancel: () => void
}

const night: Hours = { days: [...weekdays], from: '22:00', to: '07:00' }

export function PersonForm({ person, taken, onDone, onCancel }: PersonFormProps) {
  const guardZone = useZone()
  const save = useAction('people:save')
  const form = useForm({
    initial: {
      name: person?.name ?? '',
      isQuiet: person ? person.quiet !== null : true,
      quiet: person?.quiet ?? night,
      passes: person?.passes ?? ('critical' as Severity),
      zone: person?.zone ?? '',
    },
    // Saving somebody of the same name would overwrite them.
    schema: personEntry.refine(({ name }) => name === person?.name || !taken.includes(name), {
      error: t`Somebody of this name is already here.`,
      path: ['name'],
    }),
    toEntry: ({ isQuiet, quiet, zone, ...values }) => ({
      ...values,
      was: person?.name,
      quiet: isQuiet ? quiet : null,
      zone: zone.trim() || null,
    }),
    send: (entry) => save.run(entry),
    onDone,
  })
  const { values, errors, set } = form
  return (
    <form className="form" onSubmit={form.submit} noValidate>
      <TextField
        label={t`Name`}
        placeholder={t`Anna`}
        value={values.name}
        error={errors['name']}
        onChange={(value) => set('name', value)}
      />
      <Switch label={t`Has quiet hours`} checked={values.isQuiet} onChange={(value) => set('isQuiet', value)} />
      {values.isQuiet && (
        <>
          <HoursFields
            legend={t`Quiet on`}
            hours={values.quiet}
            errors={errors}
            path="quiet"
            onChange={(quiet) => set('quiet', quiet)}
          />
          <div className="form-row">
            <SelectField
              label={t`Passes all the same`}
              hint={t`The rest waits and comes together afterwards.`}
              value={values.passes}
              choices={passesChoices}
              onChange={(value) => set('passes', value)}
            />
            <TextField
              label={t`Time zone (optional)`}
              placeholder={guardZone}
              hint={t`Where they live. Empty: the guard's own.`}
              value={values.zone}
              error={errors['zone']}
              onChange={(value) => set('zone', value)}
            />
          </div>
        </>
      )}
      {form.failure && <FailureNote failure={form.failure} />}
      <div className="buttons buttons-end">
        <Button onClick={onCancel}>{t`Cancel`}</Button>
        <Button look="primary" type="submit" busy={form.busy}>{t`Save person`}</Button>
      </div>
    </form>
  )
}

const passesChoices = (['critical', 'warning', 'info'] as const).map((value) => ({ value, label: passesWords[value] }))
