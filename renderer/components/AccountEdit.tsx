import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { AccountFields, accountEntryOf, type AccountValues } from './AccountFields.tsx'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { KeyCheckNote } from './KeyCheckNote.tsx'
import { FailureNote, InfoNote } from './Notes.tsx'
import { TrialNote } from './TrialNote.tsx'
import { useAction } from '../hooks/use-call.ts'
import { useForm } from '../hooks/use-form.ts'
import { accountChange, type Account, type ChangeLook } from '../../shared/accounts.ts'
import { withinSentence } from '../../shared/providers.ts'
import { ok, type Result } from '../../shared/result.ts'
import { providerFacts } from '../facts.ts'

/** Like adding: what changes is looked at first, with the key that is kept, and the account stays as it is until saved. */
export function AccountEdit({ account, onClose }: { account: Account; onClose: () => void }) {
  const { id, provider } = account
  const [looked, setLooked] = useState<{ at: string; look: ChangeLook } | null>(null)
  const lookAt = useAction('accounts:look-at-change')
  const change = useAction('accounts:change')
  const { key, tryIt } = providerFacts(provider)
  const toEntry = (values: AccountValues) => ({ id, provider, ...accountEntryOf(values) })

  const form = useForm({
    initial: {
      label: account.label,
      workspace: account.workspace ?? '',
      secret: '',
      baseUrl: account.baseUrl ?? '',
      options: account.options,
    } as AccountValues,
    schema: accountChange,
    toEntry,
    send: async (entry): Promise<Result<'looked' | 'changed'>> => {
      if (looked?.at === JSON.stringify(entry) && isGood(looked.look)) {
        const changed = await change.run(entry)
        return changed.ok ? ok('changed') : changed
      }
      const look = await lookAt.run(entry)
      if (!look.ok) return look
      setLooked({ at: JSON.stringify(entry), look: look.value })
      return ok('looked')
    },
    onDone: (stage) => {
      if (stage === 'changed') onClose()
    },
  })
  const parsed = accountChange.safeParse(toEntry(form.values))
  const look = looked && parsed.success && looked.at === JSON.stringify(parsed.data) ? looked.look : null

  return (
    <Dialog
      open
      title={t`Edit ${account.label}`}
      about={t`Its history stays. You see what a change means before it is saved.`}
      onClose={onClose}
    >
      <form className="form" onSubmit={form.submit} noValidate>
        <AccountFields
          provider={provider}
          values={form.values}
          errors={form.errors}
          onChange={form.patch}
          keyLabel={t`New ${withinSentence(key?.name ?? t`key`)} (optional)`}
          keyHint={t`Empty: the one that is kept. It is asked for again where it would go to another host.`}
        />
        {look && <LookNotes look={look} />}
        {form.failure && <FailureNote failure={form.failure} />}
        <div className="buttons buttons-end">
          <Button onClick={onClose}>{t`Cancel`}</Button>
          <Button look="primary" type="submit" busy={form.busy}>
            {form.busy ? t`One moment…` : look && isGood(look) ? t`Save changes` : tryIt ? t`Try it` : t`Check changes`}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function LookNotes({ look: { check, trial, means } }: { look: ChangeLook }) {
  return (
    <>
      {check && <KeyCheckNote check={check} />}
      {trial && <TrialNote trial={trial} />}
      <InfoNote title={means.length > 0 ? t`What this means for the history` : t`Nothing about the history changes`}>
        {means.length > 0 && (
          <ul>
            {means.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
      </InfoNote>
    </>
  )
}

function isGood({ check, trial }: ChangeLook): boolean {
  return (check?.ok ?? true) && (trial?.ok ?? true)
}
