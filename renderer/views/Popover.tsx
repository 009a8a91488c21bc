import { t } from '@lingui/core/macro'
import { useContext, useEffect } from 'react'
import { Amount } from '../components/Amount.tsx'
import { AlertActions } from '../components/AlertActions.tsx'
import { Answered } from '../components/Answered.tsx'
import { InOneCurrency } from '../components/InOneCurrency.tsx'
import { Empty, FailureNote } from '../components/Notes.tsx'
import { AccountBadge, AlertStateBadge, SeverityBadge } from '../components/states.tsx'
import { Skeleton } from '../components/Skeleton.tsx'
import { Meter } from '../components/Meter.tsx'
import { PausedBar } from '../components/PausedBar.tsx'
import { compareAmounts } from '../charts/bands.ts'
import { hrefOf } from '../address.ts'
import { useCall } from '../hooks/use-call.ts'
import { useNow } from '../hooks/use-now.ts'
import { AddressContext } from '../hooks/use-route.ts'
import { agoText } from '../words/times.ts'
import { capital } from '../words/names.ts'
import { limitShareText, percentText, shareOfLimit } from '../words/figures.ts'
import { spendKind, spendKindWords } from '../words/spend-kind.ts'
import type { Alert } from '../../shared/alerts.ts'
import type { Spend } from '../../shared/amounts.ts'
import type { Reply } from '../../shared/ipc.ts'
import { formatMoney } from '../../shared/money.ts'
import type { DisplayTotal } from '../../shared/rate-notes.ts'
import { localDay } from '../../shared/time.ts'
import { failureTitles } from '../facts.ts'

type Status = Reply<'status:get'>

/** The glance from the tray: 340 by 600, no chart, nothing that has to be loaded first. */
export function Popover() {
  const answer = useCall('status:get', {})
  useEscape()
  return (
    <main className="popover">
      <h1 className="unseen">{t`API Spend Guard`}</h1>
      <Answered answer={answer} waiting={<Skeleton size="figure" count={5} />}>
        {(status) => (
          <>
            {status.pause && <PausedBar pause={status.pause} zone={status.zone} />}
            {answer.failure && <FailureNote failure={answer.failure} />}
            {status.accounts.length === 0 ? (
              <Empty title={t`Nothing is guarded yet`}>{t`Open the dashboard and add the first account.`}</Empty>
            ) : (
              <Glance status={status} />
            )}
            <p className="glance-foot">
              {/* In the tray's popover the shell opens its window at the address of a clicked link. */}
              <a href="#/">{t`Open dashboard`}</a>
            </p>
          </>
        )}
      </Answered>
    </main>
  )
}

/** Escape puts it away, unless a menu or dialog in it took the key; the shell hears of it as of a link. */
function useEscape(): void {
  const address = useContext(AddressContext)
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) address?.go('#close')
    }
    document.addEventListener('keydown', close)
    return () => document.removeEventListener('keydown', close)
  }, [address])
}

function Glance({ status }: { status: Status }) {
  const nowMs = useNow()
  const day = status.budgets.find(({ scope, period }) => scope === 'all' && period === 'day')
  const month = status.budgets.find(({ scope, period }) => scope === 'all' && period === 'month')
  return (
    <>
      <section className="glance-figures" aria-label={t`Spend`}>
        <GlanceSpend title={t`Today`} spends={status.today} total={status.display?.today} budget={day} />
        <GlanceSpend title={t`This month`} spends={status.month} total={status.display?.month} budget={month} />
      </section>
      <section className="glance-burn" aria-label={t`Burn per hour`}>
        <h2>{t`Burn per hour`}</h2>
        {status.burnPerHour.length === 0 && <span className="quiet">{t`unknown`}</span>}
        {status.burnPerHour.map(({ amount, currency }) => (
          <strong key={currency}>
            <Amount amount={amount} currency={currency} />
          </strong>
        ))}
      </section>
      {status.alerts.length > 0 && (
        <section aria-label={t`Open alerts`} className="glance-alerts">
          <ul>
            {urgentFirst(status.alerts)
              .slice(0, mostAlerts)
              .map((alert) => (
                <GlanceAlert key={alert.id} alert={alert} zone={status.zone} />
              ))}
          </ul>
          {status.alerts.length > mostAlerts && (
            <p className="small">
              <a href={hrefOf({ view: 'alerts', list: 'open' })}>{t`${status.alerts.length - mostAlerts} more open`}</a>
            </p>
          )}
        </section>
      )}
      <Burners status={status} />
      <section className="glance-accounts" aria-label={t`Accounts`}>
        <ul>
          {status.accounts.map((account) => (
            <li key={account.id}>
              <div>
                <span className="cut">{account.label}</span>
                <span className="quiet small">
                  {account.fill !== null
                    ? t`history ${percentText(account.fill)}`
                    : account.failure
                      ? failureTitles[account.failure.kind]
                      : account.asOf
                        ? t`as of ${agoText(Date.parse(account.asOf), nowMs)}`
                        : t`no data yet`}
                </span>
              </div>
              <AccountBadge state={account.state} />
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

const mostAlerts = 2

/** What still calls for somebody comes first; otherwise the guard's own order stays. */
function urgentFirst(alerts: readonly Alert[]): Alert[] {
  return [...alerts.filter(({ state }) => state === 'firing'), ...alerts.filter(({ state }) => state !== 'firing')]
}

/** The models that cost most today. */
function Burners({ status }: { status: Status }) {
  const today = localDay(Date.parse(status.at), status.zone)
  const rows = useCall('spend:report', { from: today, to: today, by: 'model', zone: status.zone }).value?.rows
  const top = (rows ?? [])
    .filter(({ effective }) => Number(effective ?? 0) > 0)
    .sort((a, b) => compareAmounts(b.effective, a.effective))
    .slice(0, 3)
  if (rows && top.length === 0) return null
  return (
    <section aria-label={t`Most today`}>
      <h2>{t`Most today`}</h2>
      <ul className="glance-burners">
        {top.map((row) => (
          <li key={`${row.key} ${row.currency}`}>
            <span className="cut">{row.label}</span>
            <Amount amount={row.effective} currency={row.currency} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function GlanceAlert({ alert, zone }: { alert: Alert; zone: string }) {
  return (
    <li className={`glance-alert alert-${alert.severity}`} data-state={alert.state}>
      <div className="badges">
        <SeverityBadge severity={alert.severity} />
        <AlertStateBadge state={alert.state} />
        <span className="quiet small cut">{capital(alert.scopeLabel)}</span>
      </div>
      <a className="alert-summary" href={hrefOf({ view: 'alert', id: alert.id })}>
        {alert.summary}
      </a>
      {alert.state === 'firing' && <AlertActions alert={alert} zone={zone} brief />}
    </li>
  )
}

function GlanceSpend({
  title,
  spends,
  total,
  budget,
}: {
  title: string
  spends: readonly Spend[]
  total: DisplayTotal | undefined
  budget: Status['budgets'][number] | undefined
}) {
  return (
    <div>
      <h2>{title}</h2>
      {spends.length === 0 && <p className="glance-amount quiet">{t`unknown`}</p>}
      {spends.map((spend) => (
        <p key={spend.currency} className="glance-amount">
          <Amount amount={spend.effective} currency={spend.currency} />
          {spend.effective !== null && (
            <span className="quiet small glance-kind">{spendKindWords[spendKind(spend)]}</span>
          )}
        </p>
      ))}
      <InOneCurrency total={total} />
      {budget && <GlanceBudget budget={budget} />}
    </div>
  )
}

/** What is spent of it, and where the period is heading, as a mark on the bar and in words. */
function GlanceBudget({ budget }: { budget: Status['budgets'][number] }) {
  const { limit, currency, outlook, state } = budget
  const share = shareOfLimit(budget.spent, limit)
  return (
    <div className="glance-budget">
      <Meter share={share} tone={state === 'ok' ? 'plain' : state} mark={outlook && shareOfLimit(outlook.end, limit)} />
      <p className="small">
        {t`${share === null ? t`unknown` : limitShareText(share)} of ${formatMoney(limit, currency)}`}
      </p>
      {outlook && <p className="quiet small">{t`heading for ${formatMoney(outlook.end, currency)}`}</p>}
    </div>
  )
}
