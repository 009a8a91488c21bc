import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { VerdictCard } from './VerdictCard.tsx'
import { History } from './History.tsx'
import { Causes, Contributors, Deliveries } from './AlertParts.tsx'
import { hrefOf } from '../../address.ts'
import { AlertActions } from '../../components/AlertActions.tsx'
import { Amount } from '../../components/Amount.tsx'
import { Answered } from '../../components/Answered.tsx'
import { Badge } from '../../components/Badge.tsx'
import { Button } from '../../components/Button.tsx'
import { Empty, FailureNote } from '../../components/Notes.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { AlertStateBadge, SeverityBadge } from '../../components/states.tsx'
import { useAction, useCall } from '../../hooks/use-call.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useZone } from '../../hooks/use-zone.ts'
import { agoText, momentText } from '../../words/times.ts'
import { capital, patternWords, providerLabel, ruleWords } from '../../words/names.ts'
import { stopLinkOf } from '../../stop-link.ts'
import type { Alert } from '../../../shared/alerts.ts'
import { formatMoney } from '../../../shared/money.ts'

/** One alert: what, how much, since when, who, what to do, and everything that happened about it. */
export function AlertPage({ id }: { id: string }) {
  const answer = useCall('alerts:show', { id })
  return (
    <>
      <a className="back-link" href={hrefOf({ view: 'alerts', list: 'open' })}>{t`Alerts`}</a>
      {answer.failure?.kind === 'not-found' ? (
        <UnknownAlert />
      ) : (
        <Answered answer={answer} waiting={<Skeleton size="card" count={3} />}>
          {(alert) => <AlertDetail alert={alert} />}
        </Answered>
      )}
    </>
  )
}

/** Links travel: this one may be of another guard, or years old. */
function UnknownAlert() {
  return (
    <Empty title={t`This guard knows no such alert`}>
      <Trans>
        The link may be of a guard on another computer, or its alert is long gone.{' '}
        <a href={hrefOf({ view: 'alerts', list: 'all' })}>All alerts of this guard</a>
      </Trans>
    </Empty>
  )
}

function AlertDetail({ alert }: { alert: Alert }) {
  const zone = useZone()
  return (
    <div className="stack">
      <header className="alert-head">
        <div className="badges">
          <SeverityBadge severity={alert.severity} />
          <AlertStateBadge state={alert.state} />
          {alert.pattern && <Badge tone="neutral">{patternWords[alert.pattern]}</Badge>}
          {alert.state === 'snoozed' && alert.snoozedUntil && (
            <span className="quiet small">
              {alert.snoozedUntilAmount
                ? t`until ${momentText(alert.snoozedUntil, zone)} or above ${formatMoney(alert.snoozedUntilAmount, alert.currency)}`
                : t`until ${momentText(alert.snoozedUntil, zone)}`}
            </span>
          )}
        </div>
        <h1>{alert.summary}</h1>
        <AlertActions alert={alert} zone={zone} />
      </header>
      <Advice alert={alert} />
      <div className="columns">
        <div className="stack">
          <Causes alert={alert} />
          <Contributors alert={alert} />
          <Deliveries alert={alert} zone={zone} />
        </div>
        <div className="stack">
          <VerdictCard alert={alert} />
          <Facts alert={alert} zone={zone} />
          <History alert={alert} zone={zone} />
        </div>
      </div>
    </div>
  )
}

function Advice({ alert }: { alert: Alert }) {
  const accounts = useCall('accounts:list', {}).value ?? []
  const open = useAction('links:open')
  const link = stopLinkOf(alert, accounts)
  return (
    <section className="card advice" aria-label={t`What to do`}>
      <div>
        <h2>{t`What to do`}</h2>
        <p>{alert.advice}</p>
      </div>
      {link && (
        <Button icon="open" onClick={() => void open.run(link)}>
          {link.page === 'billing'
            ? t`Open ${providerLabel(link.provider)} usage`
            : t`Open ${providerLabel(link.provider)} keys`}
        </Button>
      )}
      {open.failure && <FailureNote failure={open.failure} />}
    </section>
  )
}

function Facts({ alert, zone }: { alert: Alert; zone: string }) {
  const nowMs = useNow()
  return (
    <section className="card" aria-label={t`Facts`}>
      <dl className="facts">
        <dt>{t`Amount`}</dt>
        <dd>
          <Amount amount={alert.amount} currency={alert.currency} />
        </dd>
        <dt>{t`Limit`}</dt>
        <dd>
          {alert.limit === null ? (
            <span className="quiet">{t`none`}</span>
          ) : (
            <Amount amount={alert.limit} currency={alert.currency} />
          )}
        </dd>
        <dt>{t`Since`}</dt>
        <dd>{momentText(alert.since, zone)}</dd>
        <dt>{t`Opened`}</dt>
        <dd>{momentText(alert.openedAt, zone)}</dd>
        {alert.resolvedAt && (
          <>
            <dt>{t`Resolved`}</dt>
            <dd>{momentText(alert.resolvedAt, zone)}</dd>
          </>
        )}
        <dt>{t`Rule`}</dt>
        <dd>{ruleWords[alert.rule]}</dd>
        <dt>{t`Scope`}</dt>
        <dd>{capital(alert.scopeLabel)}</dd>
        <dt>{t`Data`}</dt>
        <dd>{alert.asOf ? t`as of ${agoText(Date.parse(alert.asOf), nowMs)}` : t`age unknown`}</dd>
      </dl>
    </section>
  )
}
