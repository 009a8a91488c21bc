import { t } from '@lingui/core/macro'
import { AccountForm } from '../../components/AccountForm.tsx'
import type { Account } from '../../../shared/accounts.ts'
import { withinSentence, type ProviderId } from '../../../shared/providers.ts'
import { providerFacts } from '../../facts.ts'

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
        <h2>{key && !tryIt ? t`Paste a key of ${label}` : t`Add ${withinSentence(label)}`}</h2>
        <p className="quiet">
          {tryIt
            ? t`You see what is understood of it before it is saved.`
            : key
              ? t`It is checked before it is saved, and you are warned when it can do more than read.`
              : t`It needs no key. It is looked at before it is saved.`}
        </p>
      </div>
      <AccountForm
        provider={provider}
        secret={secret}
        onProvider={onProvider}
        cancel={t`Back`}
        onCancel={onBack}
        onAdded={onAdded}
      />
    </div>
  )
}
