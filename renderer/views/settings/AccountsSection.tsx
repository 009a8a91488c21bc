import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { AccountRow } from './AccountRow.tsx'
import { hrefOf } from '../../address.ts'
import { AccountForm } from '../../components/AccountForm.tsx'
import { Answered } from '../../components/Answered.tsx'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { Discovery } from '../../components/Discovery.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Empty } from '../../components/Notes.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useCall } from '../../hooks/use-call.ts'
import type { ProviderId } from '../../../shared/providers.ts'
import { providerFacts } from '../../facts.ts'

export function AccountsSection() {
  const answer = useCall('accounts:list', {})
  const [adding, setAdding] = useState<ProviderId | 'any' | null>(null)
  const close = () => setAdding(null)
  return (
    <div className="stack">
      <Card
        title={t`Accounts`}
        flush
        aside={<Button icon="plus" look="primary" onClick={() => setAdding('any')}>{t`Add account`}</Button>}
      >
        <Answered answer={answer} waiting={<Skeleton size="figure" count={2} />}>
          {(accounts) =>
            accounts.length === 0 ? (
              <Empty
                title={t`No accounts yet`}
                action={<a href={hrefOf({ view: 'onboarding' })}>{t`Set up step by step`}</a>}
              >{t`An account is one key at one provider. It is read only.`}</Empty>
            ) : (
              <ul className="rows">
                {accounts.map((account) => (
                  <AccountRow key={account.id} account={account} />
                ))}
              </ul>
            )
          }
        </Answered>
      </Card>
      <Card title={t`Credentials on this computer`}>
        <Discovery onAdd={setAdding} />
      </Card>
      {adding && (
        <Dialog
          open
          title={adding === 'any' ? t`Add an account` : t`Add an account of ${providerFacts(adding).label}`}
          about={t`One key at one provider. The key is checked before it is saved.`}
          onClose={close}
        >
          <AccountForm
            {...(adding === 'any' ? {} : { provider: adding })}
            cancel={t`Cancel`}
            onCancel={close}
            onAdded={close}
          />
        </Dialog>
      )}
    </div>
  )
}
