import { t } from '@lingui/core/macro'
import { Card } from '../../components/Card.tsx'
import { Progress } from '../../components/Meter.tsx'
import { AccountBadge } from '../../components/states.tsx'
import { hrefOf } from '../../address.ts'
import { useNow } from '../../hooks/use-now.ts'
import { agoText } from '../../words/times.ts'
import { percentText } from '../../words/figures.ts'
import { providerLabel } from '../../words/names.ts'
import type { Reply } from '../../../shared/ipc.ts'
import { failureTitles } from '../../facts.ts'

type Health = Reply<'status:get'>['accounts'][number]

/** How much each account can be believed right now. */
export function HealthCard({ accounts }: { accounts: readonly Health[] }) {
  return (
    <Card title={t`Accounts`} flush aside={<a href={hrefOf({ view: 'settings', section: 'accounts' })}>{t`Manage`}</a>}>
      <ul className="rows">
        {accounts.map((account) => (
          <HealthRow key={account.id} account={account} />
        ))}
      </ul>
    </Card>
  )
}

export function HealthRow({ account }: { account: Health }) {
  const nowMs = useNow()
  return (
    <li className="row">
      <div className="row-main">
        <div className="row-title">
          <strong className="cut">{account.label}</strong>
          <AccountBadge state={account.state} />
        </div>
        <p className="quiet small">
          {providerLabel(account.provider)}
          {account.workspace && ` · ${account.workspace}`} ·{' '}
          {account.asOf ? t`as of ${agoText(Date.parse(account.asOf), nowMs)}` : t`no data yet`}
        </p>
        <FillProgress account={account} />
        {account.failure && (
          <p className="small">
            <span className="failed-text">{failureTitles[account.failure.kind]}.</span> {account.failure.message}
          </p>
        )}
        <CalibrationLine calibration={account.calibration} />
        {account.unpricedModels.length > 0 && (
          <p className="small near-text">
            {t`No known price, counted at the highest one: ${account.unpricedModels.join(', ')}`}
          </p>
        )}
      </div>
    </li>
  )
}

export function FillProgress({ account }: { account: Pick<Health, 'label' | 'fill'> }) {
  if (account.fill === null) return null
  return (
    <div className="fill">
      <Progress share={account.fill} label={t`History of ${account.label}`} />
      <span className="quiet small number">{t`history ${percentText(account.fill)}`}</span>
    </div>
  )
}

function CalibrationLine({ calibration }: { calibration: Health['calibration'] }) {
  if (!calibration) return null
  const off = calibration.ratio - 1
  const same = Math.abs(off) < 0.005
  const share = percentText(Math.abs(off))
  const text = same
    ? t`Estimates match the bill`
    : off > 0
      ? t`The bill runs ${share} above the estimate`
      : t`The bill runs ${share} below the estimate`
  return <p className="quiet small">{t`${text} (${calibration.days} days compared).`}</p>
}
