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
  return (
    <div className="form">
      <div>
        <h2>Paste a key of {providerFacts(provider).label}</h2>
        <p className="quiet">It is checked before it is saved, and you are warned when it can do more than read.</p>
      </div>
      <AccountForm provider={provider} cancel="Back" onCancel={onBack} onAdded={onAdded} />
    </div>
  )
}
