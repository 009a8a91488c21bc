import { Button } from './Button.tsx'
import { SelectField, TextField } from './Field.tsx'
import { FailureNote } from './Notes.tsx'
import { useAction } from '../hooks/use-call.ts'
import { useForm } from '../hooks/use-form.ts'
import {
  channelEntry,
  channelFacts,
  channelKinds,
  type Channel,
  type ChannelFacts,
  type ChannelKind,
} from '../../shared/channels.ts'

/** Kinds a person can add; the others are always there. */
const addable = channelKinds.filter((kind) => factsOf(kind).secretName !== null)

function factsOf(kind: ChannelKind): ChannelFacts {
  return channelFacts[kind]
}

interface ChannelFormProps {
  onAdded: (channel: Channel) => void
  /** Absent where there is nothing to go back to. */
  onCancel?: () => void
}

export function ChannelForm({ onAdded, onCancel }: ChannelFormProps) {
  const add = useAction('channels:add')
  const first = addable[0] ?? 'discord'
  const form = useForm({
    initial: { kind: first, label: factsOf(first).label, secret: '', baseUrl: '' },
    schema: channelEntry,
    toEntry: (values) => ({ ...values, baseUrl: values.baseUrl.trim() || null }),
    send: (entry) => add.run(entry),
    onDone: onAdded,
  })
  const { values, errors, set } = form
  const facts = factsOf(values.kind)
  return (
    <form className="form" onSubmit={form.submit} noValidate>
      {addable.length > 1 && (
        <SelectField
          label="Kind"
          value={values.kind}
          choices={addable.map((kind) => ({ value: kind, label: factsOf(kind).label }))}
          onChange={(kind) => form.replace({ ...values, kind, label: factsOf(kind).label })}
        />
      )}
      <p className="small">{facts.help}</p>
      <TextField
        label={facts.secretName ?? 'Secret'}
        type="password"
        autoComplete="new-password"
        className="input input-mono"
        placeholder={facts.secretHint}
        hint="Kept in the keychain like a key, because whoever has it can post."
        value={values.secret}
        error={errors['secret']}
        onChange={(value) => set('secret', value)}
      />
      <TextField label="Label" value={values.label} error={errors['label']} onChange={(value) => set('label', value)} />
      <details className="more">
        <summary>More options</summary>
        <TextField
          label="Base URL (optional)"
          placeholder="https://gateway.example.com"
          hint="Only for a proxy of your own."
          value={values.baseUrl}
          error={errors['baseUrl']}
          onChange={(value) => set('baseUrl', value)}
        />
      </details>
      {form.failure && <FailureNote failure={form.failure} />}
      <div className="buttons buttons-end">
        {onCancel && <Button onClick={onCancel}>Cancel</Button>}
        <Button look="primary" type="submit" busy={form.busy}>
          Add channel
        </Button>
      </div>
    </form>
  )
}
