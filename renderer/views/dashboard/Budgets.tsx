import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Amount } from '../../components/Amount.tsx'
import { Card } from '../../components/Card.tsx'
import { Meter } from '../../components/Meter.tsx'
import { Empty } from '../../components/Notes.tsx'
import { BudgetBadge } from '../../components/states.tsx'
import { hrefOf } from '../../address.ts'
import { limitShareText, shareOfLimit } from '../../words/figures.ts'
import { outlookText } from '../../words/budget-text.ts'
import { periodWords, scopeLabel } from '../../words/names.ts'
import type { Reply } from '../../../shared/ipc.ts'
import { countedText } from '../../../shared/rate-notes.ts'

type Status = Reply<'status:get'>

export function BudgetsCard({ budgets, accounts }: Pick<Status, 'budgets' | 'accounts'>) {
  return (
    <Card title={t`Budgets`} flush aside={<a href={hrefOf({ view: 'settings', section: 'budgets' })}>{t`Manage`}</a>}>
      {budgets.length === 0 ? (
        <Empty title={t`No budgets yet`}>{t`A budget is what lets the guard say that something is too much.`}</Empty>
      ) : (
        <ul className="rows">
          {budgets.map((budget) => {
            const share = shareOfLimit(budget.spent, budget.limit)
            return (
              <li key={budget.id} className="row">
                <div className="row-main">
                  <div className="row-title">
                    <strong className="cut">{scopeLabel(budget.scope, accounts)}</strong>
                    <BudgetBadge state={budget.state} />
                  </div>
                  <Meter share={share} tone={budget.state === 'ok' ? 'plain' : budget.state} />
                  <p className="quiet small">
                    <Trans>
                      {periodWords[budget.period]} · <Amount amount={budget.spent} currency={budget.currency} /> of{' '}
                      <Amount amount={budget.limit} currency={budget.currency} />
                      {share !== null && ` (${limitShareText(share)})`}
                    </Trans>
                  </p>
                  <CountedNote budget={budget} />
                  {budget.outlook && budget.state !== 'breached' && (
                    <p className="quiet small">{outlookText(budget.outlook, budget.currency)}</p>
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

/** Which rates made one sum of several currencies, and what is not in it. */
function CountedNote({ budget }: { budget: Status['budgets'][number] }) {
  const text = countedText(budget, budget.currency)
  return text ? <p className={`small ${budget.missing.length > 0 ? 'near-text' : 'quiet'}`}>{text}</p> : null
}
