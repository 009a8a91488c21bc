import { t } from '@lingui/core/macro'
import { Button } from './Button.tsx'
import { ChannelFields } from './ChannelFields.tsx'
import { SelectField, TextField } from './Field.tsx'
import { FailureNote } from './Notes.tsx'
import { PersonField } from './PersonField.tsx'
import { useAction } from '../hooks/use-call.ts'
import { useForm } from '../hooks/use-form.ts'
import { addableKinds, channelEntry, channelKinds, type Channel, type ChannelKind } from '../../shared/channels.ts'
import { channelFacts } from '../facts.ts'

interface ChannelFormProps {
  onAdded: (channel: Channel) => void
  /** Absent where there is nothing to go back to. */
  onCancel?: () => void
}

/** Of one kind; nothing typed for one, its secret least of all, is for another. */
function emptyValues(kind: ChannelKind, person: string | null) {
  const options: Record<string, string> = {}
  return { kind, label: channelFacts(kind).label, secret: '', baseUrl: '', options, person }
}

export function ChannelForm({ onAdded, onCancel }: ChannelFormProps) {
  const add = useAction('channels:add')
  const form = useForm({
    initial: emptyValues(addableKinds[0] ?? channelKinds[0], null),
    schema: channelEntry,
    toEntry: (values) => ({ ...values, baseUrl: values.baseUrl.trim() || null }),
    send: (entry) => add.run(entry),
    onDone: onAdded,
  })
  const { values, errors, set } = form
  return (
    <form className="form" onSubmit={form.submit} noValidate>
      {addableKinds.length > 1 && (
        <SelectField
          label={t`Kind`}
          value={values.kind}
          choices={addableKinds.map((kind) => ({ value: kind, label: channelFacts(kind).label }))}
          onChange={(kind) => form.replace(emptyValues(kind, values.person))}
        />
      )}
      <p className="small">{channelFacts(values.kind).help}</p>
      <ChannelFields kind={values.kind} values={values} errors={errors} set={set}>
        <TextField
          label={t`Label`}
          value={values.label}
          error={errors['label']}
          onChange={(value) => set('label', value)}
        />
        <PersonField value={values.person} onChange={(person) => set('person', person)} />
      </ChannelFields>
      {form.failure && <FailureNote failure={form.failure} />}
      <div className="buttons buttons-end">
        {onCancel && <Button onClick={onCancel}>{t`Cancel`}</Button>}
        <Button look="primary" type="submit" busy={form.busy}>{t`Add channel`}</Button>
      </div>
    </form>
  )
}
