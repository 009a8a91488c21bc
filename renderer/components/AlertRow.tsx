import { plural, t } from '@lingui/core/macro'
import { AlertActions } from './AlertActions.tsx'
import { AlertStateBadge, SeverityBadge } from './states.tsx'
import { hrefOf } from '../address.ts'
import { useNow } from '../hooks/use-now.ts'
import { agoText, momentText } from '../words/times.ts'
import { capital } from '../words/names.ts'
import type { Alert } from '../../shared/alerts.ts'

/** One alert in a list: what, since when, and the actions while it is open. */
export function AlertRow({ alert, zone }: { alert: Alert; zone: string }) {
  const nowMs = useNow()
  const failed = alert.deliveries.filter(({ state }) => state === 'failed').length
  return (
    <li className={`alert-row alert-${alert.severity}`} data-state={alert.state}>
      <div className="alert-main">
        <div className="badges">
          <SeverityBadge severity={alert.severity} />
          <AlertStateBadge state={alert.state} />
          {alert.snoozedUntil && alert.state === 'snoozed' && (
            <span className="quiet small">{t`until ${momentText(alert.snoozedUntil, zone)}`}</span>
          )}
        </div>
        <a className="alert-summary" href={hrefOf({ view: 'alert', id: alert.id })}>
          {alert.summary}
        </a>
        <p className="quiet small">
          {capital(alert.scopeLabel)} · {t`since ${momentText(alert.since, zone)}`} ·{' '}
          {alert.resolvedAt
            ? t`resolved ${agoText(Date.parse(alert.resolvedAt), nowMs)}`
            : t`opened ${agoText(Date.parse(alert.openedAt), nowMs)}`}
          {failed > 0 && (
            <span className="failed-text">
              {' · '}
              {plural(failed, { one: '# delivery failed', other: '# deliveries failed' })}
            </span>
          )}
        </p>
      </div>
      <AlertActions alert={alert} zone={zone} />
    </li>
  )
}
