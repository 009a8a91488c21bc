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
import { dayText, planState, scopeLabel } from '../../words.ts'
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
        title="Planned spend"
        flush
        aside={
          <Button icon="plus" onClick={() => setAdding(true)}>
            Add plan
          </Button>
        }
      >
        <Answered answer={answer} waiting={<Skeleton size="figure" count={1} />}>
          {(plans) => {
            const past = plans.filter((plan) => planState(plan, Date.now()) === 'over')
            const shown = [...plans].reverse().filter((plan) => !past.slice(0, -mostPast).includes(plan))
            return shown.length === 0 ? (
              <Empty title="Nothing is planned">
                Announce a launch, and the guard does not page for it: up to your amount a day.
              </Empty>
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
          title="Plan more spend"
          about="Unusual and fast spend is not told up to this amount. Budgets speak as always."
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
  const days = plan.from === plan.to ? `on ${dayText(plan.from)}` : `from ${dayText(plan.from)} to ${dayText(plan.to)}`
  return (
    <li className="row">
      <div className="row-main">
        <div className="row-title">
          <strong className="cut">{plan.note || label}</strong>
          {state === 'running' && <Badge tone="accent">Now</Badge>}
          {state === 'over' && <Badge tone="neutral">Over</Badge>}
        </div>
        <p>
          Up to <Amount amount={plan.limit} currency={plan.currency} /> <span className="quiet">a day, {days}</span>
        </p>
        <p className="quiet small">
          {label} · {plan.zone}
        </p>
      </div>
      {state !== 'over' && (
        <div className="buttons">
          <Button aria-label={`Remove the plan ${plan.note || label}`} onClick={() => setAsked(true)}>
            Remove
          </Button>
        </div>
      )}
      <Confirm
        open={asked}
        title="Take this plan back?"
        about="From today on, unusual spend is told again. Days that have passed keep their note."
        confirm="Remove plan"
        busy={remove.busy}
        failure={remove.failure}
        onConfirm={() => void remove.run({ id: plan.id }).then((result) => result.ok && setAsked(false))}
        onClose={() => setAsked(false)}
      />
    </li>
  )
}
