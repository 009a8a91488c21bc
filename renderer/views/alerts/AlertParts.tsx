import { Amount } from '../../components/Amount.tsx'
import { Badge, type Tone } from '../../components/Badge.tsx'
import { Card } from '../../components/Card.tsx'
import { Meter } from '../../components/Meter.tsx'
import { Empty } from '../../components/Notes.tsx'
import { alertStateWords, groupWords, momentText, percentText, shareOfLimit } from '../../words.ts'
import type { Alert, Delivery } from '../../../shared/alerts.ts'
import { failureTitles } from '../../../shared/failures.ts'

/** What the numbers say of the reason; nothing where they say nothing. */
export function Causes({ alert }: { alert: Alert }) {
  if (alert.causes.length === 0) return null
  return (
    <Card title="Why">
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
    <Card title="Where it goes" flush>
      {alert.contributors.length === 0 ? (
        <Empty title="Not known">The provider does not say which model, project or key this is.</Empty>
      ) : (
        <table className="table table-roomy contributors">
          <thead>
            <tr>
              <th scope="col" className="where-wide">
                By
              </th>
              <th scope="col">Name</th>
              <th scope="col" className="right">
                Amount
              </th>
              <th scope="col" className="right where-wide">
                Share
              </th>
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
                  <td className="right number where-wide">{share === null ? 'unknown' : percentText(share)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </Card>
  )
}

const occasionWords: Record<Delivery['occasion'], string> = {
  fired: 'it fired',
  grew: 'it grew',
  acknowledged: 'it was acknowledged',
  resolved: 'it was resolved',
  test: 'test',
}

const deliveryLooks: Record<Delivery['state'], [Tone, string]> = {
  pending: ['neutral', 'On its way'],
  delivered: ['good', 'Delivered'],
  accepted: ['neutral', 'On its way'],
  dropped: ['neutral', 'Not needed'],
  failed: ['critical', 'Failed'],
}

/** Who was told what, and where it did not get through. */
export function Deliveries({ deliveries, zone }: { deliveries: readonly Delivery[]; zone: string }) {
  return (
    <Card title="Deliveries" flush>
      {deliveries.length === 0 ? (
        <Empty title="Nobody was told">No channel was there, or this alert did not call for one.</Empty>
      ) : (
        <ul className="rows">
          {deliveries.map((each, index) => {
            const [tone, word] = deliveryLooks[each.state]
            return (
              <li key={index} className="row">
                <div className="row-main">
                  <div className="row-title">
                    <strong className="cut">{each.channel}</strong>
                    <Badge tone={tone}>{word}</Badge>
                  </div>
                  <p className="quiet small">
                    When {occasionWords[each.occasion]}
                    {each.deliveredAt && ` · ${momentText(each.deliveredAt, zone)}`}
                    {each.attempts > 1 && ` · ${each.attempts} attempts`}
                  </p>
                  {each.failure && (
                    <p className="small">
                      <span className="failed-text">{failureTitles[each.failure.kind]}.</span> {each.failure.message}
                    </p>
                  )}
                </div>
              </li>
            )
          })}
        </ul>
      )}
    </Card>
  )
}

/** What happened and who did it, newest first. */
export function History({ history, zone }: { history: Alert['history']; zone: string }) {
  return (
    <Card title="History">
      <ol className="history">
        {[...history].reverse().map((change) => (
          <li key={`${change.at} ${change.state} ${change.note}`}>
            <p>
              <strong>{alertStateWords[change.state]}</strong>{' '}
              <span className="quiet">by {change.by === 'guard' ? 'the guard' : change.by}</span>
            </p>
            {change.note && <p className="small">{change.note}</p>}
            <p className="quiet small">{momentText(change.at, zone)}</p>
          </li>
        ))}
      </ol>
    </Card>
  )
}
