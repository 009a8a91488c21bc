import { t } from '@lingui/core/macro'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { TextField } from '../../components/Field.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { useAction } from '../../hooks/use-call.ts'
import { useForm } from '../../hooks/use-form.ts'
import { useState } from 'react'
import { eraseRequest, eraseWords, type Erased } from '../../../shared/data.ts'

interface EraseCardProps {
  folder: string | null
  onErased: (erased: Erased) => void
}

export function EraseCard({ folder, onErased }: EraseCardProps) {
  const [asking, setAsking] = useState(false)
  return (
    <Card title={t`Delete everything`}>
      <div className="form">
        <p>{t`History, alerts, accounts, budgets, channels, settings, backups and the log, and every key that this guard keeps. The guard ends, and nothing watches your spend any more.`}</p>
        <div className="buttons buttons-end">
          <Button look="danger" onClick={() => setAsking(true)}>{t`Delete everything…`}</Button>
        </div>
      </div>
      {asking && <EraseForm folder={folder} onErased={onErased} onClose={() => setAsking(false)} />}
    </Card>
  )
}

/** What a person types, for what a program sends. */
const words = t`delete everything`

function EraseForm({ folder, onErased, onClose }: EraseCardProps & { onClose: () => void }) {
  const erase = useAction('data:erase')
  const form = useForm({
    initial: { confirm: '' },
    schema: eraseRequest,
    toEntry: ({ confirm }) => ({ confirm: confirm.trim().toLowerCase() === words ? eraseWords : confirm }),
    send: (entry) => erase.run(entry),
    onDone: onErased,
  })
  return (
    <Dialog
      open
      title={t`Delete everything?`}
      about={
        <>{t`This cannot be taken back, backups in ${folder ?? t`the data folder`} included. Files that you exported stay, and so do the keys at the providers: revoke them there.`}</>
      }
      onClose={onClose}
    >
      <form className="form" onSubmit={form.submit} noValidate>
        <TextField
          label={t`Type “${words}”`}
          value={form.values.confirm}
          error={form.errors['confirm'] && t`Type “${words}” to say that you mean it.`}
          onChange={(confirm) => form.set('confirm', confirm)}
        />
        {form.failure && <FailureNote failure={form.failure} />}
        <div className="buttons buttons-end">
          <Button onClick={onClose}>{t`Cancel`}</Button>
          <Button look="danger" type="submit" busy={form.busy}>
            {form.busy ? t`Deleting…` : t`Delete everything`}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** The last thing this page can say: the guard behind it has ended. */
export function ErasedCard({ erased: { gone, stays } }: { erased: Erased }) {
  return (
    <Card title={t`Everything is deleted`}>
      <div className="form" role="status">
        <p>{t`The guard has ended. You can close this page.`}</p>
        <List title={t`Gone`} lines={gone} />
        <List title={t`What stays`} lines={stays} />
      </div>
    </Card>
  )
}

function List({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <div>
      <h3>{title}</h3>
      <ul className="plain-list">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}
