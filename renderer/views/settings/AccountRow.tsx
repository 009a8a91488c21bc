import { useState } from 'react'
import { z } from 'zod'
import { Button } from '../../components/Button.tsx'
import { Confirm, Dialog } from '../../components/Dialog.tsx'
import { TextField } from '../../components/Field.tsx'
import { KeyCheckNote } from '../../components/KeyCheckNote.tsx'
import { Menu } from '../../components/Menu.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { AccountBadge } from '../../components/states.tsx'
import { useAction } from '../../hooks/use-call.ts'
import { useForm } from '../../hooks/use-form.ts'
import { useNow } from '../../hooks/use-now.ts'
import { agoText, providerLabel } from '../../words.ts'
import { FillProgress } from '../dashboard/Health.tsx'
import { secretText, type Account } from '../../../shared/accounts.ts'
import { failureTitles } from '../../../shared/failures.ts'
import { providerFacts } from '../../../shared/providers.ts'

export function AccountRow({ account }: { account: Account }) {
  const nowMs = useNow()
  const test = useAction('accounts:test')
  const remove = useAction('accounts:remove')
  const [asked, setAsked] = useState<'remove' | 'replace' | null>(null)
  const close = () => setAsked(null)
  return (
    <li className="row">
      <div className="row-main">
        <div className="row-title row-title-start">
          <strong className="cut">{account.label}</strong>
          <AccountBadge state={account.state} />
        </div>
        <p className="quiet small">
          {providerLabel(account.provider)}
          {account.workspace && ` · ${account.workspace}`} ·{' '}
          {account.asOf ? `as of ${agoText(Date.parse(account.asOf), nowMs)}` : 'no data yet'}
          {account.nextPollAt && ` · ${nextPollText(Date.parse(account.nextPollAt), nowMs)}`}
        </p>
        {account.baseUrl && <p className="quiet small">{account.baseUrl}</p>}
        <FillProgress account={account} />
        {account.failure && (
          <p className="small">
            <span className="failed-text">{failureTitles[account.failure.kind]}.</span> {account.failure.message}
          </p>
        )}
      </div>
      <div className="buttons">
        <Button busy={test.busy} onClick={() => void test.run({ id: account.id })}>
          Test
        </Button>
        <Menu
          label="More"
          aria-label={`More for ${account.label}`}
          choices={[
            { label: 'Replace key…', run: () => setAsked('replace') },
            { label: 'Remove…', run: () => setAsked('remove') },
          ]}
        />
      </div>
      {(test.value || test.failure) && (
        <div className="row-notes">
          {test.value && <KeyCheckNote check={test.value} />}
          {test.failure && <FailureNote failure={test.failure} />}
        </div>
      )}
      <Confirm
        open={asked === 'remove'}
        title={`Remove ${account.label}?`}
        about="The guard stops reading this account and forgets its key. Spend there will no longer raise an alert."
        confirm="Remove account"
        busy={remove.busy}
        failure={remove.failure}
        onConfirm={() => void remove.run({ id: account.id }).then((result) => result.ok && close())}
        onClose={close}
      />
      {asked === 'replace' && <ReplaceKey account={account} onClose={close} />}
    </li>
  )
}

function nextPollText(atMs: number, nowMs: number): string {
  return atMs <= nowMs ? 'next poll is due' : `next poll ${agoText(atMs, nowMs)}`
}

const replaceEntry = z.object({ secret: secretText })

function ReplaceKey({ account, onClose }: { account: Account; onClose: () => void }) {
  const replace = useAction('accounts:replace-key')
  const facts = providerFacts(account.provider)
  const form = useForm({
    initial: { secret: '' },
    schema: replaceEntry,
    toEntry: (values) => values,
    send: ({ secret }) => replace.run({ id: account.id, secret }),
    onDone: onClose,
  })
  return (
    <Dialog open title={`Replace the key of ${account.label}`} about={facts.keyHelp} onClose={onClose}>
      <form className="form" onSubmit={form.submit} noValidate>
        <TextField
          label={`New ${facts.keyName.toLowerCase()}`}
          type="password"
          autoComplete="new-password"
          className="input input-mono"
          placeholder={facts.keyHint}
          hint="It is checked first; the old key stays until the new one works."
          value={form.values.secret}
          error={form.errors['secret']}
          onChange={(value) => form.set('secret', value)}
        />
        {form.failure && <FailureNote failure={form.failure} />}
        <div className="buttons buttons-end">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" busy={form.busy}>
            Replace key
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
