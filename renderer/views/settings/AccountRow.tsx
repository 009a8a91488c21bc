import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { AccountDetails } from './AccountDetails.tsx'
import { ReplaceKey } from './ReplaceKey.tsx'
import { AccountEdit } from '../../components/AccountEdit.tsx'
import { Button } from '../../components/Button.tsx'
import { Confirm } from '../../components/Dialog.tsx'
import { KeyCheckNote } from '../../components/KeyCheckNote.tsx'
import { Menu } from '../../components/Menu.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { AccountBadge } from '../../components/states.tsx'
import { useAction } from '../../hooks/use-call.ts'
import { useNow } from '../../hooks/use-now.ts'
import { agoText, untilText } from '../../words/times.ts'
import { providerLabel } from '../../words/names.ts'
import { FillProgress } from '../dashboard/Health.tsx'
import type { Account } from '../../../shared/accounts.ts'
import { monthlyReadingCost } from '../../../shared/reading-cost.ts'
import { failureTitles, providerFacts } from '../../facts.ts'

export function AccountRow({ account }: { account: Account }) {
  const nowMs = useNow()
  const test = useAction('accounts:test')
  const remove = useAction('accounts:remove')
  const [asked, setAsked] = useState<'edit' | 'remove' | 'replace' | null>(null)
  const close = () => setAsked(null)
  const cost = monthlyReadingCost(account.sources)
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
          {account.asOf ? t`as of ${agoText(Date.parse(account.asOf), nowMs)}` : t`no data yet`}
          {account.nextPollAt && ` · ${nextPollText(Date.parse(account.nextPollAt), nowMs)}`}
        </p>
        {account.baseUrl && <p className="quiet small">{account.baseUrl}</p>}
        {cost && <p className="quiet small">{cost}</p>}
        <FillProgress account={account} />
        {account.failure && (
          <p className="small">
            <span className="failed-text">{failureTitles[account.failure.kind]}.</span> {account.failure.message}
          </p>
        )}
      </div>
      <div className="buttons">
        <Button busy={test.busy} onClick={() => void test.run({ id: account.id })}>{t`Test`}</Button>
        <Menu
          label={t`More`}
          aria-label={t`More for ${account.label}`}
          choices={[
            { label: t`Edit…`, run: () => setAsked('edit') },
            ...(providerFacts(account.provider).key
              ? [{ label: t`Replace key…`, run: () => setAsked('replace') }]
              : []),
            { label: t`Remove…`, run: () => setAsked('remove') },
          ]}
        />
      </div>
      <div className="row-notes">
        <AccountDetails account={account} />
      </div>
      {(test.value || test.failure) && (
        <div className="row-notes">
          {test.value && <KeyCheckNote check={test.value} />}
          {test.failure && <FailureNote failure={test.failure} />}
        </div>
      )}
      <Confirm
        open={asked === 'remove'}
        title={t`Remove ${account.label}?`}
        about={t`The guard stops reading this account and forgets its key. Spend there will no longer raise an alert.`}
        confirm={t`Remove account`}
        busy={remove.busy}
        failure={remove.failure}
        onConfirm={() => void remove.run({ id: account.id }).then((result) => result.ok && close())}
        onClose={close}
      />
      {asked === 'edit' && <AccountEdit account={account} onClose={close} />}
      {asked === 'replace' && <ReplaceKey account={account} onClose={close} />}
    </li>
  )
}

function nextPollText(atMs: number, nowMs: number): string {
  return atMs <= nowMs ? t`next poll is due` : t`next poll ${untilText(atMs, nowMs)}`
}
