import { t } from '@lingui/core/macro'
import { Button } from '../../components/Button.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { useAction, useCall } from '../../hooks/use-call.ts'
import { useNow } from '../../hooks/use-now.ts'
import { agoText, lagText } from '../../words/times.ts'
import type { Account } from '../../../shared/accounts.ts'
import type { Source } from '../../../shared/sources.ts'
import { capText } from '../../../shared/cap-text.ts'
import type { CapAudit } from '../../../shared/caps.ts'
import { formatMoney } from '../../../shared/money.ts'

/** What is read of an account, how late that is, and whether anything at the provider would stop it. */
export function AccountDetails({ account }: { account: Account }) {
  const shown = account.sources.filter((source) => !source.optional || source.used)
  const nowMs = useNow()
  const rest = account.sources.length - shown.length
  return (
    <details className="more">
      <summary>{t`What is read, and limits`}</summary>
      <div className="sources-scroll">
        <table className="sources">
          <caption className="unseen">{t`What is read of ${account.label}`}</caption>
          <thead>
            <tr>
              <th scope="col">{t`Source`}</th>
              <th scope="col">{t`Tells`}</th>
              <th scope="col">{t`As of`}</th>
              <th scope="col">{t`Usually late by`}</th>
              <th scope="col">{t`Read every`}</th>
              <th scope="col">{t`A request costs`}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((source) => (
              <SourceRow key={source.id} source={source} />
            ))}
          </tbody>
        </table>
      </div>
      {rest > 0 && <p className="quiet small">{t`${rest} more, which have shown no spend so far.`}</p>}
      {account.balances.map(({ currency, left, asOf }) => (
        <p key={currency} className="small">
          {t`${formatMoney(left, currency)} left, as of ${agoText(Date.parse(asOf), nowMs)}`}
        </p>
      ))}
      <Caps accountId={account.id} />
    </details>
  )
}

const tells: Record<Source['plane'], string> = { billed: t`the bill`, estimate: t`usage`, insight: t`who used it` }

const widthWords: Record<Source['width'], string> = {
  minute: t`by the minute`,
  hour: t`by the hour`,
  day: t`by the day`,
}

function SourceRow({ source }: { source: Source }) {
  const nowMs = useNow()
  return (
    <tr>
      <th scope="row">{source.id.replaceAll('_', ' ')}</th>
      <td>{`${tells[source.plane]}, ${widthWords[source.width]}`}</td>
      <td>{source.asOf ? agoText(Date.parse(source.asOf), nowMs) : t`not yet`}</td>
      <td>{source.lagSeconds === 0 ? t`nothing` : lagText(source.lagSeconds)}</td>
      <td>{source.everySeconds === null ? t`brought by you` : lagText(source.everySeconds)}</td>
      <td>{source.callCost === null ? t`nothing` : formatMoney(source.callCost, 'USD')}</td>
    </tr>
  )
}

function Caps({ accountId }: { accountId: string }) {
  const audit = useCall('caps:list', {}).value?.find((one) => one.accountId === accountId)
  const read = useAction('caps:read')
  const open = useAction('links:open')
  if (!audit) return null
  return (
    <div className="caps">
      <div className="small">
        {audit.state === 'set' ? (
          <ul>
            {audit.caps.map((cap) => (
              <li key={capText(cap)}>{capText(cap)}</li>
            ))}
          </ul>
        ) : (
          <p className={audit.state === 'missing' ? 'near-text' : 'quiet'}>{capsWords(audit)}</p>
        )}
      </div>
      <div className="buttons">
        <Button busy={read.busy} onClick={() => void read.run({ accountId })}>{t`Read limits again`}</Button>
        <Button icon="open" onClick={() => void open.run({ provider: audit.provider, page: 'limit' })}>
          {audit.state === 'set' ? t`Change at the provider` : t`Set one at the provider`}
        </Button>
      </div>
      {read.failure && <FailureNote failure={read.failure} />}
    </div>
  )
}

function capsWords({ state, reason }: CapAudit): string {
  return state === 'missing'
    ? t`No limit stands at the provider. The guard tells you; only a limit there can stop a burst of minutes.`
    : [t`Whether a limit stands at the provider is not known.`, reason].filter(Boolean).join(' ')
}
