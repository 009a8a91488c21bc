import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { BudgetForm } from './BudgetForm.tsx'
import { PlansCard } from './PlansCard.tsx'
import { Amount } from '../../components/Amount.tsx'
import { Answered } from '../../components/Answered.tsx'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { Confirm, Dialog } from '../../components/Dialog.tsx'
import { Empty } from '../../components/Notes.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useAction, useCall } from '../../hooks/use-call.ts'
import { periodWordsInside, scopeLabel, severityWordsInside } from '../../words/names.ts'
import { formatMoney } from '../../../shared/money.ts'
import type { Budget } from '../../../shared/budgets.ts'
import { thresholdText } from '../../words/figures.ts'

export function BudgetsSection() {
  const answer = useCall('budgets:list', {})
  const accounts = useCall('accounts:list', {}).value ?? []
  const [edited, setEdited] = useState<Budget | 'new' | null>(null)
  const close = () => setEdited(null)
  return (
    <div className="stack">
      <Card
        title={t`Budgets`}
        flush
        aside={<Button icon="plus" look="primary" onClick={() => setEdited('new')}>{t`Add budget`}</Button>}
      >
        <Answered answer={answer} waiting={<Skeleton size="figure" count={2} />}>
          {(budgets) =>
            budgets.length === 0 ? (
              <Empty
                title={t`No budgets yet`}
              >{t`A budget is a limit for a period. You are told at each threshold, once per period.`}</Empty>
            ) : (
              <ul className="rows">
                {budgets.map((budget) => (
                  <BudgetRow
                    key={budget.id}
                    budget={budget}
                    label={scopeLabel(budget.scope, accounts)}
                    onEdit={() => setEdited(budget)}
                  />
                ))}
              </ul>
            )
          }
        </Answered>
      </Card>
      {edited && (
        <Dialog
          open
          title={edited === 'new' ? t`Add a budget` : t`Edit the budget`}
          about={t`You are told at each threshold, once per period.`}
          onClose={close}
        >
          <BudgetForm budget={edited === 'new' ? null : edited} accounts={accounts} onDone={close} onCancel={close} />
        </Dialog>
      )}
      <PlansCard accounts={accounts} />
    </div>
  )
}

function BudgetRow({ budget, label, onEdit }: { budget: Budget; label: string; onEdit: () => void }) {
  const remove = useAction('budgets:remove')
  const [asked, setAsked] = useState(false)
  const thresholds = budget.thresholds.map(
    ({ percent, amount, severity }) =>
      `${percent === undefined ? formatMoney(amount ?? null, budget.currency) : thresholdText(percent)} ${severityWordsInside[severity]}`,
  )
  return (
    <li className="row">
      <div className="row-main">
        <strong className="cut">{label}</strong>
        <p>
          <Amount amount={budget.limit} currency={budget.currency} />{' '}
          <span className="quiet">{periodWordsInside[budget.period]}</span>
        </p>
        <p className="quiet small">
          {thresholds.join(' · ')} · {budget.zone ?? t`the guard’s own time zone`}
        </p>
      </div>
      <div className="buttons">
        <Button
          aria-label={t`Edit the budget of ${label}, ${periodWordsInside[budget.period]}`}
          onClick={onEdit}
        >{t`Edit`}</Button>
        <Button
          aria-label={t`Remove the budget of ${label}, ${periodWordsInside[budget.period]}`}
          onClick={() => setAsked(true)}
        >{t`Remove`}</Button>
      </div>
      <Confirm
        open={asked}
        title={t`Remove the budget of ${label}?`}
        about={t`Nobody is told about this limit any more.`}
        confirm={t`Remove budget`}
        busy={remove.busy}
        failure={remove.failure}
        onConfirm={() => void remove.run({ id: budget.id }).then((result) => result.ok && setAsked(false))}
        onClose={() => setAsked(false)}
      />
    </li>
  )
}
