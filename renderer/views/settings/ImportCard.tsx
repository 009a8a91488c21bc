import { plural, t } from '@lingui/core/macro'
import { useState } from 'react'
import { z } from 'zod'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { Field, SelectField, TextField } from '../../components/Field.tsx'
import { Progress } from '../../components/Meter.tsx'
import { FailureNote, GoodNote } from '../../components/Notes.tsx'
import { useAction, useCall } from '../../hooks/use-call.ts'
import { useForm } from '../../hooks/use-form.ts'
import { useUpload } from '../../hooks/use-upload.ts'
import { percentText } from '../../words/figures.ts'
import { accountEntry } from '../../../shared/accounts.ts'
import type { ImportState } from '../../../shared/imports.ts'
import { formatMoney } from '../../../shared/money.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { listInWords } from '../../../shared/words.ts'

const anew = ''

/** The label as the engine reads it, where an account is made for the files. */
const entry = z
  .object({
    account: z.string(),
    label: z.string(),
    files: z.array(z.instanceof(File)).min(1, { error: t`Choose a file.` }),
  })
  .superRefine(({ account, label }, context) => {
    const read = accountEntry.safeParse({ provider: 'focus', label })
    if (account === anew && !read.success)
      context.addIssue({ code: 'custom', path: ['label'], message: read.error.issues[0]?.message ?? t`Fill this in.` })
  })

/** Bills from files: what a person chooses is handed over, wherever the guard runs. */
export function ImportCard() {
  const accounts = (useCall('accounts:list', {}).value ?? []).filter(({ provider }) => provider === 'focus')
  const add = useAction('accounts:add')
  const start = useAction('imports:start')
  const upload = useUpload()
  const [started, setStarted] = useState<string | null>(null)

  const form = useForm({
    initial: { account: null as string | null, label: t`Bills from files`, files: [] as File[] },
    schema: entry,
    toEntry: (values) => ({ ...values, account: values.account ?? accounts[0]?.id ?? anew }),
    send: async ({ account, label, files }): Promise<Result<ImportState>> => {
      const uploads = await upload.run(files)
      if (!uploads.ok) return uploads
      const made = account === anew ? await add.run({ provider: 'focus', label }) : ok({ id: account })
      if (!made.ok) return made
      form.set('account', made.value.id)
      return start.run({ format: 'focus', accountId: made.value.id, uploads: uploads.value })
    },
    onDone: ({ id }) => setStarted(id),
  })
  const { values, errors, set } = form
  const account = values.account ?? accounts[0]?.id ?? anew
  return (
    <Card title={t`Import bills`}>
      <form className="form" onSubmit={form.submit} noValidate>
        <p className="quiet">{t`FOCUS files (CSV, gzipped CSV or Parquet) of clouds and vendors that are read in no other way. The same file again changes nothing; a newer one takes the place of its days.`}</p>
        <Field label={t`Files`} hint={t`All parts of one delivery together.`} error={errors['files']}>
          {(parts) => (
            <input
              {...parts}
              className="input"
              type="file"
              multiple
              accept=".csv,.gz,.parquet"
              onChange={(event) => {
                setStarted(null)
                set('files', [...(event.target.files ?? [])])
              }}
            />
          )}
        </Field>
        <div className="form-row">
          <SelectField
            label={t`Into the account`}
            value={account}
            choices={[...accounts.map(({ id, label }) => ({ value: id, label })), { value: anew, label: t`A new one` }]}
            onChange={(next) => set('account', next)}
          />
          {account === anew && (
            <TextField
              label={t`Label of the new account`}
              value={values.label}
              error={errors['label']}
              onChange={(next) => set('label', next)}
            />
          )}
        </div>
        {upload.share !== null && (
          <div className="history-fill">
            <Progress share={upload.share} label={t`Handing the files over`} />
            <span className="number">{percentText(upload.share)}</span>
          </div>
        )}
        {form.failure && <FailureNote failure={form.failure} />}
        {started && <ImportNote key={started} id={started} />}
        <div className="buttons buttons-end">
          <Button type="submit" busy={form.busy}>
            {form.busy ? t`Handing over…` : t`Import`}
          </Button>
        </div>
      </form>
    </Card>
  )
}

function ImportNote({ id }: { id: string }) {
  const state = useCall('imports:get', { id }, { everyMs: 500 })
  if (state.failure) return <FailureNote failure={state.failure} />
  if (!state.value) return null
  const { lines, failure, totals, changedDays } = state.value
  const read = plural(lines, { one: '# line read', other: '# lines read' })
  if (failure) return <FailureNote failure={failure} />
  if (changedDays === null)
    return (
      <p className="quiet" role="status">
        {read}
        {state.value.state === 'storing' && t`, being stored`}…
      </p>
    )
  const money = listInWords(totals.map(({ amount, currency }) => formatMoney(amount, currency)))
  return (
    <GoodNote title={money === '' ? read : `${read}: ${money}`}>
      <p>
        {changedDays === 0
          ? t`Nothing is new: all of it was there already.`
          : plural(changedDays, { one: '# day is new or changed.', other: '# days are new or changed.' })}
      </p>
    </GoodNote>
  )
}
