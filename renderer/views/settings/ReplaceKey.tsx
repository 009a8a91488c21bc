import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { z } from 'zod'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { KeyField } from '../../components/KeyField.tsx'
import { KeyCheckNote } from '../../components/KeyCheckNote.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { useAction } from '../../hooks/use-call.ts'
import { useForm } from '../../hooks/use-form.ts'
import { secretText, type Account, type KeyCheck } from '../../../shared/accounts.ts'
import { withinSentence } from '../../../shared/providers.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { providerFacts } from '../../facts.ts'

const entry = z.object({ secret: secretText })

/** Like adding: the new key is looked at first, and the old one stays until a good one is saved. */
export function ReplaceKey({ account, onClose }: { account: Account; onClose: () => void }) {
  const [looked, setLooked] = useState<{ secret: string; check: KeyCheck } | null>(null)
  const checkKey = useAction('accounts:check-key')
  const replace = useAction('accounts:replace-key')
  const { key } = providerFacts(account.provider)
  const { provider, baseUrl, options } = account

  const form = useForm({
    initial: { secret: '' },
    schema: entry,
    toEntry: (values) => values,
    send: async ({ secret }): Promise<Result<'checked' | 'replaced'>> => {
      if (looked?.secret === secret && looked.check.ok) {
        const replaced = await replace.run({ id: account.id, secret })
        return replaced.ok ? ok('replaced') : replaced
      }
      const check = await checkKey.run({ provider, baseUrl, options, secret })
      if (check.ok) setLooked({ secret, check: check.value })
      return check.ok ? ok('checked') : check
    },
    onDone: (stage) => {
      if (stage === 'replaced') onClose()
    },
  })
  const check = looked?.secret === form.values.secret.trim() ? looked.check : null

  return (
    <Dialog open title={t`Replace the key of ${account.label}`} about={key?.help ?? ''} onClose={onClose}>
      <form className="form" onSubmit={form.submit} noValidate>
        <KeyField
          label={t`New ${withinSentence(key?.name ?? t`key`)}`}
          facts={key}
          hint={t`It is checked first; the old key stays until you save the new one.`}
          value={form.values.secret}
          error={form.errors['secret']}
          onChange={(value) => form.set('secret', value)}
        />
        {check && <KeyCheckNote check={check} />}
        {form.failure && <FailureNote failure={form.failure} />}
        <div className="buttons buttons-end">
          <Button onClick={onClose}>{t`Cancel`}</Button>
          <Button look="primary" type="submit" busy={form.busy}>
            {check?.ok ? t`Replace key` : t`Check key`}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
