import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { Answered } from '../../components/Answered.tsx'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { TextField } from '../../components/Field.tsx'
import { FailureNote, GoodNote } from '../../components/Notes.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { typedNumber } from '../../hooks/field-errors.ts'
import { useAction, useCall, type Answer } from '../../hooks/use-call.ts'
import { useForm } from '../../hooks/use-form.ts'
import { useSettled } from '../../hooks/use-settled.ts'
import { bytesText, formatLocales } from '../../words/figures.ts'
import { dayText } from '../../words/times.ts'
import { retention, type DataState, type RetentionPreview } from '../../../shared/data.ts'
import type { Settings } from '../../../shared/settings.ts'

export function StorageCard({ answer }: { answer: Answer<DataState> }) {
  const settings = useCall('settings:get', {})
  return (
    <Card title={t`What is kept`}>
      <Answered answer={answer} waiting={<Skeleton size="figure" count={2} />}>
        {({ folder, databaseBytes, freeBytes }) => (
          <p>
            <Trans>
              The history takes {bytesText(databaseBytes)} in <code className="path">{folder}</code>, on the computer of
              the guard. Nothing of it leaves that computer.
            </Trans>
            {freeBytes !== null && ` ${t`Free there: ${bytesText(freeBytes)}.`}`}
          </p>
        )}
      </Answered>
      {settings.value && <RetentionForm value={settings.value} />}
    </Card>
  )
}

function RetentionForm({ value }: { value: Settings }) {
  const change = useAction('settings:change')
  const [saved, setSaved] = useState(false)
  const form = useForm({
    initial: { keepMinutesDays: String(value.keepMinutesDays), keepHoursDays: String(value.keepHoursDays) },
    schema: retention,
    toEntry: ({ keepMinutesDays, keepHoursDays }) => ({
      keepMinutesDays: typedNumber(keepMinutesDays),
      keepHoursDays: typedNumber(keepHoursDays),
    }),
    send: (entry) => change.run(entry),
    onDone: () => setSaved(true),
  })
  const { values, errors } = form
  const field = (name: keyof typeof values, label: string, hint: string) => (
    <TextField
      label={label}
      hint={hint}
      inputMode="numeric"
      value={values[name]}
      error={errors[name]}
      onChange={(next) => {
        setSaved(false)
        form.set(name, next)
      }}
    />
  )
  const asked = {
    keepMinutesDays: typedNumber(values.keepMinutesDays),
    keepHoursDays: typedNumber(values.keepHoursDays),
  }
  return (
    <form className="form card-part" onSubmit={form.submit} noValidate>
      <div className="form-row">
        {field('keepMinutesDays', t`Keep minutes for (days)`, t`Older ones become hours. No money is lost.`)}
        {field('keepHoursDays', t`Keep hours for (days)`, t`Older ones become days, which are kept for ever.`)}
      </div>
      <WhatGoes asked={asked} kept={value} />
      {form.failure && <FailureNote failure={form.failure} />}
      {saved && !form.failure && <GoodNote title={t`Saved`} />}
      <div className="buttons buttons-end">
        <Button look="primary" type="submit" busy={form.busy}>{t`Save`}</Button>
      </div>
    </form>
  )
}

/** Told before it is saved: detail that is gone does not come back from every provider. */
function WhatGoes({
  asked,
  kept,
}: {
  asked: Partial<Record<keyof RetentionAsked, number | undefined>>
  kept: Settings
}) {
  const parsed = retention.safeParse(useSettled(asked))
  const isSame =
    parsed.success &&
    parsed.data.keepMinutesDays === kept.keepMinutesDays &&
    parsed.data.keepHoursDays === kept.keepHoursDays
  const now = { keepMinutesDays: kept.keepMinutesDays, keepHoursDays: kept.keepHoursDays }
  const preview = useCall('data:retention', parsed.success ? parsed.data : now, { keepsOld: true }).value
  if (!parsed.success || isSame || !preview) return null
  const lines = [goesText(preview.minutes, 'minutes'), goesText(preview.hours, 'hours')]
  const going = lines.filter((line) => line !== null)
  return (
    <div className="quiet small" role="status">
      {going.length === 0 ? (
        <p>{t`Nothing becomes coarser than it is now.`}</p>
      ) : (
        going.map((line) => <p key={line}>{line}</p>)
      )}
    </div>
  )
}

type RetentionAsked = { keepMinutesDays: number; keepHoursDays: number }

function goesText({ rows, isMore, to }: RetentionPreview['minutes'], from: 'minutes' | 'hours'): string | null {
  if (rows === 0) return null
  const count = rows.toLocaleString(formatLocales())
  const many = isMore ? t`more than ${count}` : count
  return from === 'minutes'
    ? t`Rows of minutes up to ${dayText(to)} that would become hours within an hour: ${many}`
    : t`Rows of hours up to ${dayText(to)} that would become days within an hour: ${many}`
}
