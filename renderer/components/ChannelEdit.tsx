import { t } from '@lingui/core/macro'
import { Button } from './Button.tsx'
import { ChannelFields } from './ChannelFields.tsx'
import { Dialog } from './Dialog.tsx'
import { TextField } from './Field.tsx'
import { FailureNote } from './Notes.tsx'
import { PersonField } from './PersonField.tsx'
import { Switch } from './Switch.tsx'
import { useAction } from '../hooks/use-call.ts'
import { useForm } from '../hooks/use-form.ts'
import {
  channelChange,
  channelOptionProblems,
  leadsElsewhere,
  optionsAfter,
  type Channel,
} from '../../shared/channels.ts'
import { channelFacts } from '../facts.ts'

/** Changes a channel that is there: its routes and its history stay. */
export function ChannelEdit({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const change = useAction('channels:change')
  const { id, kind, label, person, selfTest, options, baseUrl } = channel
  const { secret } = channelFacts(kind)
  const form = useForm({
    initial: { label, person, selfTest, options, baseUrl: baseUrl ?? '', secret: '' },
    schema: channelChange.superRefine((entry, context) => {
      const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message })
      for (const [name, problem] of channelOptionProblems(kind, optionsAfter(options, entry.options)))
        refuse(['options', name], problem)
      if (secret && !secret.optional && entry.secret === '' && leadsElsewhere(channel, entry))
        refuse(['secret'], t`Give it again: the one that is kept is for the old address.`)
    }),
    toEntry: (values) =>
      secret
        ? { id, ...values, baseUrl: values.baseUrl.trim() || null }
        : { id, label: values.label, person: values.person, selfTest: values.selfTest },
    send: (entry) => change.run(entry),
    onDone: onClose,
  })
  const { values, errors, set } = form
  return (
    <Dialog open title={t`Edit ${label}`} about={t`Its routes and its history stay.`} onClose={onClose}>
      <form className="form" onSubmit={form.submit} noValidate>
        <ChannelFields kind={kind} values={values} errors={errors} set={set} keepsSecret>
          <TextField
            label={t`Label`}
            value={values.label}
            error={errors['label']}
            onChange={(value) => set('label', value)}
          />
          <PersonField value={values.person} onChange={(value) => set('person', value)} />
          <Switch
            label={t`Test message once a week`}
            checked={values.selfTest}
            onChange={(value) => set('selfTest', value)}
          />
        </ChannelFields>
        {form.failure && <FailureNote failure={form.failure} />}
        <div className="buttons buttons-end">
          <Button onClick={onClose}>{t`Cancel`}</Button>
          <Button look="primary" type="submit" busy={form.busy}>{t`Save channel`}</Button>
        </div>
      </form>
    </Dialog>
  )
}
