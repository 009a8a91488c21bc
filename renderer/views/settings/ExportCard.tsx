import { plural, t } from '@lingui/core/macro'
import { z } from 'zod'
import { saveText } from '../../bridge.ts'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { SelectField, TextField } from '../../components/Field.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { useExport } from '../../hooks/use-export.ts'
import { useForm } from '../../hooks/use-form.ts'
import { exportFormats, type ExportFormat } from '../../../shared/spend.ts'
import { addDays, utcDay } from '../../../shared/time.ts'

const formats = {
  csv: { label: t`CSV, for a spreadsheet`, ending: '.csv', type: 'text/csv' },
  json: { label: t`JSON, for a program`, ending: '.json', type: 'application/json' },
  focus: { label: t`FOCUS 1.4, for a cost tool`, ending: '.focus.csv', type: 'text/csv' },
} as const satisfies Record<ExportFormat, { label: string; ending: string; type: string }>

const day = z.iso.date({ error: t`Choose a day.` })
/** The days as the engine reads them, and in order. */
const entry = z
  .object({ format: z.enum(exportFormats), from: day, to: day })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: t`The last day comes before the first.` })

/** Takes the ledger out as a file. */
export function ExportCard() {
  const exporting = useExport('spend:export')
  const today = utcDay(Date.now())
  const form = useForm({
    initial: { format: 'csv' as ExportFormat, from: addDays(today, -89), to: today },
    schema: entry,
    toEntry: (values) => values,
    send: async ({ format, from, to }) => {
      const result = await exporting.run({ format, from, to })
      const { ending, type } = formats[format]
      if (result.ok) saveText(`spend-${from}-to-${to}${ending}`, result.value.pieces, type)
      return result
    },
    onDone: () => undefined,
  })
  const { values, errors, set } = form
  return (
    <Card title={t`Export`}>
      <form className="form" onSubmit={form.submit} noValidate>
        <div className="form-row form-row-three">
          <SelectField
            label={t`Format`}
            value={values.format}
            choices={exportFormats.map((format) => ({ value: format, label: formats[format].label }))}
            onChange={(format) => set('format', format)}
          />
          <TextField
            label={t`From`}
            hint={t`Days of UTC.`}
            type="date"
            value={values.from}
            error={errors['from']}
            onChange={(from) => set('from', from)}
          />
          <TextField
            label={t`To`}
            type="date"
            value={values.to}
            error={errors['to']}
            onChange={(to) => set('to', to)}
          />
        </div>
        {form.failure && <FailureNote failure={form.failure} />}
        <div className="buttons buttons-end">
          {exporting.value && (
            <span className="quiet small" role="status">
              {plural(exporting.value.rows, { one: '# row saved', other: '# rows saved' })}
            </span>
          )}
          <Button icon="download" type="submit" busy={form.busy}>
            {form.busy ? t`Collecting…` : t`Export`}
          </Button>
        </div>
      </form>
    </Card>
  )
}
