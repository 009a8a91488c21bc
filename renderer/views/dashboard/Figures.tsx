import { t } from '@lingui/core/macro'
import type { ReactNode } from 'react'
import { Amount } from '../../components/Amount.tsx'
import { Badge } from '../../components/Badge.tsx'
import { InOneCurrency } from '../../components/InOneCurrency.tsx'
import { Meter } from '../../components/Meter.tsx'
import { useNow } from '../../hooks/use-now.ts'
import { ageText } from '../../words/times.ts'
import { limitShareText, shareOfLimit } from '../../words/figures.ts'
import { spendKind, spendKindWords } from '../../words/spend-kind.ts'
import { formatMoney, nanosToDecimal, parseSum } from '../../../shared/money.ts'
import type { Reply } from '../../../shared/ipc.ts'
import type { DisplayTotal } from '../../../shared/rate-notes.ts'
import type { Period } from '../../../shared/time.ts'
import { listInWords } from '../../../shared/words.ts'

type Status = Reply<'status:get'>

/** Today, this month and the burn, each with its kind, its age and its limit. */
export function Figures({ status }: { status: Status }) {
  const nowMs = useNow()
  const age = ageText(status.accounts, nowMs)
  return (
    <div className="figures">
      <SpendFigure
        title={t`Today`}
        spends={status.today}
        total={status.display?.today}
        budget={budgetFor(status, 'day')}
        age={age}
      />
      <SpendFigure
        title={t`This month`}
        spends={status.month}
        total={status.display?.month}
        budget={budgetFor(status, 'month')}
        age={age}
      />
      <Figure title={t`Burn per hour`} aside={<Badge tone="neutral">{t`estimate`}</Badge>}>
        <FigureAmounts amounts={status.burnPerHour.map(({ amount, currency }) => ({ amount, currency }))} />
        <p className="quiet small">{age}</p>
        <p className="quiet small">{paceText(status.burnPerHour)}</p>
      </Figure>
    </div>
  )
}

function SpendFigure({
  title,
  spends,
  total,
  budget,
  age,
}: {
  title: string
  spends: Status['today']
  total: DisplayTotal | undefined
  budget: Status['budgets'][number] | undefined
  age: string
}) {
  const kinds = [...new Set(spends.map(spendKind))]
  return (
    <Figure
      title={title}
      aside={kinds.map((kind) => (
        <Badge key={kind} tone="neutral">
          {spendKindWords[kind]}
        </Badge>
      ))}
    >
      <FigureAmounts amounts={spends.map(({ effective, currency }) => ({ amount: effective, currency }))} />
      <InOneCurrency total={total} />
      <p className="quiet small">{age}</p>
      {budget ? (
        <BudgetLine budget={budget} />
      ) : (
        <p className="quiet small">{t`No budget for everything in this period.`}</p>
      )}
    </Figure>
  )
}

export function BudgetLine({ budget }: { budget: Status['budgets'][number] }) {
  const share = shareOfLimit(budget.spent, budget.limit)
  return (
    <div className="budget-line">
      <Meter share={share} tone={budget.state === 'ok' ? 'plain' : budget.state} />
      <p className="small budget-words">
        <span className="number">
          {t`${share === null ? t`unknown` : limitShareText(share)} of ${formatMoney(budget.limit, budget.currency)}`}
        </span>
        {budget.state === 'breached' && <span className="failed-text">{t`over the limit`}</span>}
        {budget.state === 'near' && <span className="near-text">{t`threshold passed`}</span>}
      </p>
    </div>
  )
}

function Figure({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="card figure" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <div className="badges">{aside}</div>
      </header>
      {children}
    </section>
  )
}

function FigureAmounts({ amounts }: { amounts: { amount: string | null; currency: string }[] }) {
  if (amounts.length === 0) return <p className="figure-amount quiet">{t`unknown`}</p>
  return (
    <>
      {amounts.map(({ amount, currency }, index) => (
        <p key={currency} className={index === 0 ? 'figure-amount' : 'figure-amount figure-second'}>
          <Amount amount={amount} currency={currency} />
        </p>
      ))}
    </>
  )
}

function budgetFor(status: Status, period: Period) {
  return status.budgets.find((budget) => budget.scope === 'all' && budget.period === period)
}

/** What a day at the present burn would cost. */
function paceText(burns: Status['burnPerHour']): string {
  const paces = burns.flatMap(({ amount, currency }) => {
    const nanos = amount === null ? null : parseSum(amount)
    return nanos === null ? [] : [formatMoney(nanosToDecimal(nanos * 24n), currency)]
  })
  return paces.length
    ? t`At this pace ${listInWords(paces)} in 24 hours.`
    : t`No recent usage data to tell the pace from.`
}
