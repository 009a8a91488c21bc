import { t } from '@lingui/core/macro'
import { ToggleGroup } from 'radix-ui'
import { TextField } from '../../components/Field.tsx'
import type { FieldErrors } from '../../hooks/field-errors.ts'
import { weekdayWord } from './routing-words.ts'
import { weekdays, type Hours } from '../../../shared/hours.ts'

interface HoursFieldsProps {
  legend: string
  hours: Hours
  /** Of the whole form; those of the hours begin with `path`. */
  errors: FieldErrors
  path: string
  onChange: (hours: Hours) => void
}

/** Days of the week, and from when to when. */
export function HoursFields({ legend, hours, errors, path, onChange }: HoursFieldsProps) {
  const daysError = errors[`${path}.days`]
  return (
    <fieldset className="field hours">
      <legend>{legend}</legend>
      <ToggleGroup.Root
        type="multiple"
        className="segmented"
        aria-label={t`Days of the week`}
        value={hours.days}
        onValueChange={(chosen) => onChange({ ...hours, days: weekdays.filter((day) => chosen.includes(day)) })}
      >
        {weekdays.map((day) => (
          <ToggleGroup.Item key={day} value={day} className="segment" aria-invalid={daysError ? true : undefined}>
            {weekdayWord(day)}
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
      {daysError && (
        <p className="field-error" role="alert">
          {daysError}
        </p>
      )}
      <div className="form-row">
        <TextField
          label={t`From`}
          type="time"
          value={hours.from}
          error={errors[`${path}.from`]}
          onChange={(from) => onChange({ ...hours, from })}
        />
        <TextField
          label={t`To`}
          type="time"
          hint={hours.to < hours.from ? t`On the next day.` : undefined}
          value={hours.to}
          error={errors[`${path}.to`]}
          onChange={(to) => onChange({ ...hours, to })}
        />
      </div>
    </fieldset>
  )
}
