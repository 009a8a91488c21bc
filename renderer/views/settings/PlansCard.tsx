import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { PlanForm } from './PlanForm.tsx'
import { Amount } from '../../components/Amount.tsx'
import { Answered } from '../../components/Answered.tsx'
import { Badge } from '../../components/Badge.tsx'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { Confirm, Dialog } from '../../components/Dialog.tsx'
import { Empty } from '../../components/Notes.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useAction, useCall } from '../../hooks/use-call.ts'
import { dayText } from '../../words/times.ts'
import { planState } from '../../words/plan-text.ts'
import { scopeLabel } from '../../words/names.ts'
import type { Plan } from '../../../shared/plans.ts'

/** Older plans explain the chart; here only the last few matter. */
const mostPast = 3

export function PlansCard({ accounts }: { accounts: readonly { id: string; label: string }[] }) {
  const answer = useCall('plans:list', {})
  const [adding, setAdding] = useState(false)
  const close = () => setAdding(false)
  return (
    <>
      <Card
        title={t`Planned spend`}
        flush
        aside={<Button icon="plus" onClick={() => setAdding(true)}>{t`Add plan`}</Button>}
      >
        <Answered answer={answer} waiting={<Skeleton size="figure" count={1} />}>
          {(plans) => {
            const past = plans.filter((plan) => planState(plan, Date.now()) === 'over')
            const shown = [...plans].reverse().filter((plan) => !past.slice(0, -mostPast).includes(plan))
            return shown.length === 0 ? (
              <Empty
                title={t`Nothing is planned`}
              >{t`Announce a launch, and the guard does not page for it: up to your amount a day.`}</Empty>
            ) : (
              <ul className="rows">
                {shown.map((plan) => (
                  <PlanRow key={plan.id} plan={plan} label={scopeLabel(plan.scope, accounts)} />
                ))}
              </ul>
            )
          }}
        </Answered>
      </Card>
      {adding && (
        <Dialog
          open
          title={t`Plan more spend`}
          about={t`Unusual and fast spend is not told up to this amount. Budgets speak as always.`}
          onClose={close}
        >
          <PlanForm accounts={accounts} onDone={close} onCancel={close} />
        </Dialog>
      )}
    </>
  )
}

function PlanRow({ plan, label }: { plan: Plan; label: string }) {
  const remove = useAction('plans:remove')
  const [asked, setAsked] = useState(false)
  const state = planState(plan, Date.now())
  const days =
    plan.from === plan.to ? t`on ${dayText(plan.from)}` : t`from ${dayText(plan.from)} to ${dayText(plan.to)}`
  return (
    <li className="row">
      <div className="row-main">
        <div className="row-title">
          <strong className="cut">{plan.note || label}</strong>
          {state === 'running' && <Badge tone="accent">{t`Now`}</Badge>}
          {state === 'over' && <Badge tone="neutral">{t`Over`}</Badge>}
        </div>
        <p>
          <Trans>
            Up to <Amount amount={plan.limit} currency={plan.currency} />{' '}
            <span className="quiet">{t`a day, ${days}`}</span>
          </Trans>
        </p>
        <p className="quiet small">
          {label} · {plan.zone}
        </p>
      </div>
      {state !== 'over' && (
        <div className="buttons">
          <Button
            aria-label={t`Remove the plan ${plan.note || label}`}
            onClick={() => setAsked(true)}
          >{t`Remove`}</Button>
        </div>
      )}
      <Confirm
        open={asked}
        title={t`Take this plan back?`}
        about={t`From today on, unusual spend is told again. Days that have passed keep their note.`}
        confirm={t`Remove plan`}
        busy={remove.busy}
        failure={remove.failure}
        onConfirm={() => void remove.run({ id: plan.id }).then((result) => result.ok && setAsked(false))}
        onClose={() => setAsked(false)}
      />
    </li>
  )
}
