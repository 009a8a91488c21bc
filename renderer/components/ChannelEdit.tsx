import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { TextField } from './Field.tsx'
import { FailureNote } from './Notes.tsx'
import { PersonField } from './PersonField.tsx'
import { Switch } from './Switch.tsx'
import { useAction } from '../hooks/use-call.ts'
import { useForm } from '../hooks/use-form.ts'
import { channelChange, type Channel } from '../../shared/channels.ts'

/** What may be changed of a channel without adding it again. */
export function ChannelEdit({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const change = useAction('channels:change')
  const { id, label, person, selfTest } = channel
  const form = useForm({
    initial: { label, person, selfTest },
    schema: channelChange,
    toEntry: (values) => ({ id, ...values }),
    send: (entry) => change.run(entry),
    onDone: onClose,
  })
  const { values, errors, set } = form
  return (
    <Dialog
      open
      title={`Edit ${label}`}
      about="Its secret and options stay as they are. To change those, add it again."
      onClose={onClose}
    >
      <form className="form" onSubmit={form.submit} noValidate>
        <TextField
          label="Label"
          value={values.label}
          error={errors['label']}
          onChange={(value) => set('label', value)}
        />
        <PersonField value={values.person} onChange={(value) => set('person', value)} />
        <Switch
          label="Test message once a week"
          checked={values.selfTest}
          onChange={(value) => set('selfTest', value)}
        />
        {form.failure && <FailureNote failure={form.failure} />}
        <div className="buttons buttons-end">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" busy={form.busy}>
            Save channel
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
