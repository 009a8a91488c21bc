import { AccountForm } from '../../components/AccountForm.tsx'
import type { Account } from '../../../shared/accounts.ts'
import { providerFacts, type ProviderId } from '../../../shared/providers.ts'

export function KeyStep({
  provider,
  onBack,
  onAdded,
}: {
  provider: ProviderId
  onBack: () => void
  onAdded: (account: Account) => void
}) {
  const { key, label } = providerFacts(provider)
  return (
    <div className="form">
      <div>
        <h2>{key ? `Paste a key of ${label}` : `Add ${label}`}</h2>
        <p className="quiet">
          {key
            ? 'It is checked before it is saved, and you are warned when it can do more than read.'
            : 'It needs no key. It is looked at before it is saved.'}
        </p>
      </div>
      <AccountForm provider={provider} cancel="Back" onCancel={onBack} onAdded={onAdded} />
    </div>
  )
}
