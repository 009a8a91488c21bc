import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { HeartbeatCard } from './HeartbeatCard.tsx'
import { RatesCard } from './RatesCard.tsx'
import { TrayCard } from './TrayCard.tsx'
import { Answered } from '../../components/Answered.tsx'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { TextField } from '../../components/Field.tsx'
import { FailureNote, GoodNote } from '../../components/Notes.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useAction, useCall } from '../../hooks/use-call.ts'
import { typedNumber } from '../../hooks/field-errors.ts'
import { useForm } from '../../hooks/use-form.ts'
import { settingsForm, type Settings } from '../../../shared/settings.ts'

export function GeneralSection() {
  const answer = useCall('settings:get', {})
  return (
    <div className="stack">
      <Card title={t`General`}>
        <Answered answer={answer} waiting={<Skeleton size="figure" count={5} />}>
          {(value) => <GeneralForm value={value} />}
        </Answered>
      </Card>
      <TrayCard />
      <RatesCard />
      <HeartbeatCard />
    </div>
  )
}

/** What has no place of its own; the others belong to the sections of appearance and data. */
const generalForm = settingsForm
  .omit({ appearance: true, language: true, keepMinutesDays: true, keepHoursDays: true, setUp: true })
  // The tray and the updates have cards of their own, whose choices count at once: not to be undone by saving here.
  .omit({ trayTitle: true, trayFigure: true, trayFlash: true, smallWindow: true, updates: true })
  .required()

function GeneralForm({ value }: { value: Settings }) {
  const change = useAction('settings:change')
  const [saved, setSaved] = useState(false)
  const form = useForm({
    initial: {
      ...value,
      zone: value.zone ?? '',
      displayCurrency: value.displayCurrency ?? '',
      publicUrl: value.publicUrl ?? '',
      usageEverySeconds: String(value.usageEverySeconds),
      costsEverySeconds: String(value.costsEverySeconds),
    },
    schema: generalForm,
    toEntry: (values) => ({
      ...values,
      zone: values.zone.trim() || null,
      displayCurrency: values.displayCurrency.trim().toUpperCase() || null,
      publicUrl: values.publicUrl.trim() || null,
      usageEverySeconds: typedNumber(values.usageEverySeconds),
      costsEverySeconds: typedNumber(values.costsEverySeconds),
    }),
    send: (entry) => change.run(entry),
    onDone: () => setSaved(true),
  })
  const { values, errors } = form
  const set: typeof form.set = (field, next) => {
    setSaved(false)
    form.set(field, next)
  }
  const number = (field: 'usageEverySeconds' | 'costsEverySeconds', label: string, hint: string) => (
    <TextField
      label={label}
      hint={hint}
      inputMode="numeric"
      value={values[field]}
      error={errors[field]}
      onChange={(next) => set(field, next)}
    />
  )
  return (
    <form className="form" onSubmit={form.submit} noValidate>
      <div className="form-row">
        <TextField
          label={t`Time zone`}
          placeholder={Intl.DateTimeFormat().resolvedOptions().timeZone}
          hint={t`Where a day begins. Empty: the zone of the guard's machine.`}
          value={values.zone}
          error={errors['zone']}
          onChange={(next) => set('zone', next)}
        />
        <TextField
          label={t`Display currency`}
          maxLength={3}
          placeholder="EUR"
          hint={t`Totals are shown in it too. Empty: each currency by itself.`}
          value={values.displayCurrency}
          error={errors['displayCurrency']}
          onChange={(next) => set('displayCurrency', next)}
        />
      </div>
      <div className="form-row">
        <TextField
          label={t`Velocity floor (per hour)`}
          inputMode="decimal"
          hint={t`Below this much an hour the velocity rule never speaks.`}
          value={values.velocityFloor}
          error={errors['velocityFloor']}
          onChange={(next) => set('velocityFloor', next)}
        />
        <TextField
          label={t`Unusual spend from`}
          inputMode="decimal"
          hint={t`Less than this above what is usual is never told.`}
          value={values.anomalyFloor}
          error={errors['anomalyFloor']}
          onChange={(next) => set('anomalyFloor', next)}
        />
      </div>
      <div className="form-row">
        {number('usageEverySeconds', t`Read usage every (seconds)`, t`As far as the provider allows it.`)}
        {number('costsEverySeconds', t`Read costs every (seconds)`, t`Bills change slowly; 900 is plenty.`)}
      </div>
      <TextField
        label={t`Public address`}
        type="url"
        placeholder="https://guard.example.com"
        hint={t`Where phones reach "spend-guard serve", for a link in messages. Empty: no links.`}
        value={values.publicUrl}
        error={errors['publicUrl']}
        onChange={(next) => set('publicUrl', next)}
      />
      {form.failure && <FailureNote failure={form.failure} />}
      {saved && !form.failure && <GoodNote title={t`Saved`} />}
      <div className="buttons buttons-end">
        <Button look="primary" type="submit" busy={form.busy}>{t`Save`}</Button>
      </div>
    </form>
  )
}
