import { t } from '@lingui/core/macro'
import { deliveryLook, tellingText, waitText } from './delivery-words.ts'
import { hrefOf } from '../../address.ts'
import { Amount } from '../../components/Amount.tsx'
import { Badge } from '../../components/Badge.tsx'
import { Card } from '../../components/Card.tsx'
import { Meter } from '../../components/Meter.tsx'
import { Empty } from '../../components/Notes.tsx'
import { useCall } from '../../hooks/use-call.ts'
import { useNow } from '../../hooks/use-now.ts'
import { groupWords } from '../../words/names.ts'
import { momentText } from '../../words/times.ts'
import { percentText, shareOfLimit } from '../../words/figures.ts'
import type { Alert, Delivery } from '../../../shared/alerts.ts'
import { formatMoney } from '../../../shared/money.ts'
import { failureTitles } from '../../facts.ts'

/** What the numbers say of the reason; nothing where they say nothing. */
export function Causes({ alert }: { alert: Alert }) {
  if (alert.causes.length === 0) return null
  return (
    <Card title={t`Why`}>
      <ul className="causes">
        {alert.causes.map((cause) => (
          <li key={cause}>{cause}</li>
        ))}
      </ul>
    </Card>
  )
}

/** Who the money went to; a share is of the alert's own amount. */
export function Contributors({ alert }: { alert: Alert }) {
  return (
    <Card title={t`Where it goes`} flush>
      {alert.contributors.length === 0 ? (
        <Empty title={t`Not known`}>{t`The provider does not say which model, project or key this is.`}</Empty>
      ) : (
        <table className="table table-roomy contributors">
          <thead>
            <tr>
              <th scope="col" className="where-wide">{t`By`}</th>
              <th scope="col">{t`Name`}</th>
              <th scope="col" className="right">{t`Amount`}</th>
              <th scope="col" className="right where-wide">{t`Share`}</th>
            </tr>
          </thead>
          <tbody>
            {alert.contributors.map((each) => {
              const share = alert.amount === null ? null : shareOfLimit(each.amount, alert.amount)
              return (
                <tr key={`${each.dimension} ${each.name}`}>
                  <td className="quiet where-wide">{groupWords[each.dimension]}</td>
                  <th scope="row">
                    <span className="quiet small where-narrow">{groupWords[each.dimension]}</span>
                    <span className="cut" title={each.name}>
                      {each.name}
                    </span>
                    <Meter share={share} tone="plain" />
                  </th>
                  <td className="right">
                    <Amount amount={each.amount} currency={alert.currency} />
                  </td>
                  <td className="right number where-wide">{share === null ? t`unknown` : percentText(share)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </Card>
  )
}

/** Who was told what and why, who waits, and where it did not get through. */
export function Deliveries({ alert, zone }: { alert: Alert; zone: string }) {
  const { deliveries, mutedBy } = alert
  return (
    <Card title={t`Deliveries`} flush>
      {mutedBy !== null && <SpokenFor id={mutedBy} />}
      {deliveries.length === 0 && mutedBy === null && (
        <Empty title={t`Nobody was told`}>{t`No channel was there, or this alert did not call for one.`}</Empty>
      )}
      {deliveries.length > 0 && (
        <ul className="rows">
          {deliveries.map((each, index) => (
            <DeliveryRow key={index} delivery={each} zone={zone} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function SpokenFor({ id }: { id: string }) {
  const summary = useCall('alerts:show', { id }).value?.summary
  return (
    <p className="card-body">
      <span className="quiet">{t`Not told by itself. This one speaks for it:`}</span>{' '}
      <a href={hrefOf({ view: 'alert', id })}>{summary ?? t`another alert`}</a>
    </p>
  )
}

function DeliveryRow({ delivery, zone }: { delivery: Delivery; zone: string }) {
  const nowMs = useNow()
  const [tone, word] = deliveryLook(delivery)
  const { deliveredAt, sentAt, attempts, cost, failure } = delivery
  const at = deliveredAt ?? sentAt
  const facts = [
    tellingText(delivery),
    waitText(delivery, nowMs, zone) ?? (at && momentText(at, zone)),
    attempts > 1 && t`${attempts} attempts`,
    cost && formatMoney(cost.amount, cost.currency),
  ].filter((fact) => typeof fact === 'string')
  return (
    <li className="row">
      <div className="row-main">
        <div className="row-title">
          <strong className="cut">{delivery.channel}</strong>
          <Badge tone={tone}>{word}</Badge>
        </div>
        <p className="quiet small">{facts.join(' · ')}</p>
        {failure && (
          <p className="small">
            <span className="failed-text">{failureTitles[failure.kind]}.</span> {failure.message}
          </p>
        )}
        <Tries tries={delivery.tries} zone={zone} />
      </div>
    </li>
  )
}

/** Each attempt; a single one says no more than the delivery itself. */
function Tries({ tries, zone }: { tries: Delivery['tries']; zone: string }) {
  if (tries.length < 2) return null
  return (
    <details className="small">
      <summary>{t`Every attempt`}</summary>
      <ol className="tries">
        {tries.map(({ at, outcome, failure }, index) => (
          <li key={index}>
            {momentText(at, zone)}: {outcome === 'pending' ? t`to be tried again` : outcome}
            {failure && `: ${failureTitles[failure.kind]}`}
          </li>
        ))}
      </ol>
    </details>
  )
}
