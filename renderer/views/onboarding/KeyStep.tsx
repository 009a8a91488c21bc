import { AccountForm } from '../../components/AccountForm.tsx'
import type { Account } from '../../../shared/accounts.ts'
import { providerFacts, withinSentence, type ProviderId } from '../../../shared/providers.ts'

export function KeyStep({
  provider,
  secret,
  onProvider,
  onBack,
  onAdded,
}: {
  provider: ProviderId
  secret: string
  onProvider: (provider: ProviderId, secret: string) => void
  onBack: () => void
  onAdded: (account: Account) => void
}) {
  const { key, label, tryIt } = providerFacts(provider)
  return (
    <div className="form">
      <div>
        <h2>{key && !tryIt ? `Paste a key of ${label}` : `Add ${withinSentence(label)}`}</h2>
        <p className="quiet">
          {tryIt
            ? 'You see what is understood of it before it is saved.'
            : key
              ? 'It is checked before it is saved, and you are warned when it can do more than read.'
              : 'It needs no key. It is looked at before it is saved.'}
        </p>
      </div>
      <AccountForm
        provider={provider}
        secret={secret}
        onProvider={onProvider}
        cancel="Back"
        onCancel={onBack}
        onAdded={onAdded}
      />
    </div>
  )
}
