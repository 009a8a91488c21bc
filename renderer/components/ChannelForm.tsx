import { Button } from './Button.tsx'
import { SelectField, TextField } from './Field.tsx'
import { FailureNote } from './Notes.tsx'
import { OptionField } from './OptionField.tsx'
import { PersonField } from './PersonField.tsx'
import { useAction } from '../hooks/use-call.ts'
import { useForm } from '../hooks/use-form.ts'
import {
  addableKinds,
  channelEntry,
  channelFacts,
  channelKinds,
  type Channel,
  type ChannelKind,
} from '../../shared/channels.ts'
import type { OptionFacts } from '../../shared/options.ts'

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

/** Numbers and documents that work as they are where nobody says otherwise. */
function isTuning([, option]: [string, OptionFacts]): boolean {
  return !option.required && (option.count !== undefined || option.document !== undefined)
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
  const facts = channelFacts(values.kind)
  const options = Object.entries(facts.options)
  const tuning = options.filter(isTuning)
  // A mistake must not hide behind a closed summary.
  const isTuningWrong = [...tuning.map(([name]) => `options.${name}`), 'baseUrl'].some((path) => errors[path])
  const optionField = ([name, option]: [string, OptionFacts]) => (
    <OptionField
      key={name}
      facts={option}
      value={values.options[name] ?? ''}
      error={errors[`options.${name}`]}
      onChange={(value) => set('options', { ...values.options, [name]: value })}
    />
  )
  return (
    <form className="form" onSubmit={form.submit} noValidate>
      {addableKinds.length > 1 && (
        <SelectField
          label="Kind"
          value={values.kind}
          choices={addableKinds.map((kind) => ({ value: kind, label: channelFacts(kind).label }))}
          onChange={(kind) => form.replace(emptyValues(kind, values.person))}
        />
      )}
      <p className="small">{facts.help}</p>
      {facts.secret && (
        <TextField
          label={facts.secret.optional ? `${facts.secret.name} (optional)` : facts.secret.name}
          type="password"
          autoComplete="new-password"
          className="input input-mono"
          placeholder={facts.secret.hint}
          hint="Kept in the keychain like a key, because whoever has it can post."
          value={values.secret}
          error={errors['secret']}
          onChange={(value) => set('secret', value)}
        />
      )}
      {options.filter(([, option]) => option.required).map(optionField)}
      {options.filter((each) => !each[1].required && !isTuning(each)).map(optionField)}
      <TextField label="Label" value={values.label} error={errors['label']} onChange={(value) => set('label', value)} />
      <PersonField value={values.person} onChange={(person) => set('person', person)} />
      <details className="more" {...(isTuningWrong ? { open: true } : {})}>
        <summary>More options</summary>
        <div className="form">
          {tuning.map(optionField)}
          <TextField
            label="Base URL (optional)"
            placeholder="https://gateway.example.com"
            hint="Only for a proxy of your own."
            value={values.baseUrl}
            error={errors['baseUrl']}
            onChange={(value) => set('baseUrl', value)}
          />
        </div>
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
