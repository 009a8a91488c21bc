import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { Button } from './Button.tsx'
import { AccountFields, accountEntryOf, type AccountValues } from './AccountFields.tsx'
import { SelectField } from './Field.tsx'
import type { OptionFacts } from '../../shared/options.ts'
import { KeyCheckNote } from './KeyCheckNote.tsx'
import { FailureNote, InfoNote, WarningNote } from './Notes.tsx'
import { TrialNote } from './TrialNote.tsx'
import { useAction } from '../hooks/use-call.ts'
import { useForm } from '../hooks/use-form.ts'
import { accountEntry, type Account, type KeyCheck } from '../../shared/accounts.ts'
import { providerIds, type ProviderId } from '../../shared/providers.ts'
import type { Request } from '../../shared/ipc.ts'
import { mayPass } from '../../shared/failures.ts'
import { guessProvider } from '../../shared/guess-provider.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Trial } from '../../shared/trials.ts'
import { providerFacts } from '../facts.ts'

interface AccountFormProps {
  /** Given when the provider is already chosen. */
  provider?: ProviderId
  /** A key that was pasted before. */
  secret?: string
  /** The key is one of another provider, and somebody says so. */
  onProvider?: (provider: ProviderId, secret: string) => void
  onAdded: (account: Account) => void
  onCancel: () => void
  cancel: string
}

interface Values extends AccountValues {
  provider: ProviderId
}

/** What a look found: whether the key works, or what was understood. */
type Seen = { check: KeyCheck } | { trial: Trial }
type Stage = Seen | { added: Account }

/** Two steps with one button: the account is looked at first, and only what was looked at is saved. */
export function AccountForm({ provider, secret = '', onProvider, onAdded, onCancel, cancel }: AccountFormProps) {
  const [looked, setLooked] = useState<{ at: string; seen: Seen } | null>(null)
  const checkKey = useAction('accounts:check-key')
  const tryIt = useAction('accounts:try')
  const add = useAction('accounts:add')

  const form = useForm({
    initial: {
      provider: provider ?? providerIds[0],
      label: provider ? providerFacts(provider).label : '',
      workspace: '',
      secret,
      baseUrl: '',
      options: examplesOf(provider ?? providerIds[0]),
    } as Values,
    schema: accountEntry,
    toEntry: accountEntryOf,
    send: async (entry): Promise<Result<Stage>> => {
      if (looked?.at === lookedAt(entry) && isGood(looked.seen)) {
        const added = await add.run(entry)
        return added.ok ? ok({ added: added.value }) : added
      }
      const { provider: chosen, baseUrl, options, secret } = entry
      const candidate = { provider: chosen, baseUrl, options, secret }
      const seen = providerFacts(chosen).tryIt
        ? mapOk(await tryIt.run(candidate), (trial) => ({ trial }))
        : mapOk(await checkKey.run(candidate), (check) => ({ check }))
      if (seen.ok) setLooked({ at: lookedAt(entry), seen: seen.value })
      return seen
    },
    onDone: (stage) => {
      if ('added' in stage) onAdded(stage.added)
    },
  })
  const { values, errors } = form
  const parsed = accountEntry.safeParse(accountEntryOf(values))
  const guessed = guessProvider(values.secret)
  // Anybody's key may go into a manifest.
  const stranger = guessed === values.provider || providerFacts(values.provider).tryIt ? null : guessed
  const change = provider
    ? onProvider
    : (next: ProviderId) => form.replace({ ...values, provider: next, options: examplesOf(next) })
  const seen = looked && parsed.success && looked.at === lookedAt(parsed.data) ? looked.seen : null

  const mayAddUnchecked = seen !== null && 'check' in seen && seen.check.failure !== null && mayPass(seen.check.failure)
  const addUnchecked = async (entry: Request<'accounts:add'>) => {
    const added = await add.run(entry)
    if (added.ok) onAdded(added.value)
  }

  return (
    <form className="form" onSubmit={form.submit} noValidate>
      {!provider && (
        <SelectField
          label={t`Provider`}
          value={values.provider}
          choices={providerIds.map((id) => ({ value: id, label: providerFacts(id).label }))}
          onChange={(next) => form.replace({ ...values, provider: next, options: examplesOf(next) })}
        />
      )}
      <AccountFields
        provider={values.provider}
        values={values}
        errors={errors}
        onChange={form.patch}
        keyHint={t`Kept in this machine's keychain (or the vault you chose). It is sent to the provider only, and never shown again.`}
      />
      {stranger && (
        <WarningNote title={t`This looks like a key of ${providerFacts(stranger).label}`}>
          {change && (
            <Button
              onClick={() => change(stranger, values.secret)}
            >{t`Use it for ${providerFacts(stranger).label}`}</Button>
          )}
        </WarningNote>
      )}
      {seen && ('trial' in seen ? <TrialNote trial={seen.trial} /> : <KeyCheckNote check={seen.check} />)}
      {mayAddUnchecked && (
        <InfoNote title={t`This may pass by itself`}>
          <p>{t`Try again in a moment; or add it unchecked, and it is read as soon as that works.`}</p>
        </InfoNote>
      )}
      {add.failure && !form.failure && <FailureNote failure={add.failure} />}
      {form.failure && <FailureNote failure={form.failure} />}
      <div className="buttons buttons-end">
        <Button onClick={onCancel}>{cancel}</Button>
        {mayAddUnchecked && parsed.success && (
          <Button busy={add.busy} onClick={() => void addUnchecked(parsed.data)}>{t`Add it unchecked`}</Button>
        )}
        <Button look="primary" type="submit" busy={form.busy}>
          {form.busy ? t`One moment…` : nextStep(values.provider, seen)}
        </Button>
      </div>
    </form>
  )
}

function nextStep(provider: ProviderId, seen: Seen | null): string {
  if (seen && isGood(seen)) return hasWarnings(seen) ? t`Add it anyway` : t`Add account`
  const { key, tryIt } = providerFacts(provider)
  return tryIt ? t`Try it` : key ? t`Check key` : t`Look at it`
}

function isGood(seen: Seen): boolean {
  return 'trial' in seen ? seen.trial.ok : seen.check.ok
}

function hasWarnings(seen: Seen): boolean {
  const warnings = 'trial' in seen ? seen.trial.sources.flatMap((source) => source.warnings) : seen.check.warnings
  return warnings.length > 0
}

/** Options that are a text of many lines begin with one that shows how it looks. */
function examplesOf(provider: ProviderId): Record<string, string> {
  const options: [string, OptionFacts][] = Object.entries(providerFacts(provider).options)
  return Object.fromEntries(options.flatMap(([name, { document }]) => (document ? [[name, document.example]] : [])))
}

function mapOk<T, U>(result: Result<T>, map: (value: T) => U): Result<U> {
  return result.ok ? ok(map(result.value)) : result
}

/** What the check depends on: with any of it changed, an older check says nothing. */
function lookedAt({
  provider,
  baseUrl,
  options,
  secret,
}: Pick<Values, 'provider' | 'options' | 'secret'> & { baseUrl: string | null }): string {
  return JSON.stringify([provider, baseUrl, options, secret])
}
