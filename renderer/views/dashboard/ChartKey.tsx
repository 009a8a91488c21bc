import { t } from '@lingui/core/macro'
import { hrefOf } from '../../address.ts'
import { otherKey, type Band } from '../../charts/bands.ts'
import type { StackContent } from '../../charts/stack.ts'
import { Amount } from '../../components/Amount.tsx'
import { Icon } from '../../components/Icon.tsx'
import { withScope, type DashboardQuery } from '../../dashboard-query.ts'
import { planText } from '../../words/plan-text.ts'
import { formatMoney } from '../../../shared/money.ts'
import { formatScope } from '../../../shared/scope.ts'
import type { MonthOutlook } from '../../../shared/spend.ts'

interface ChartKeyProps {
  query: DashboardQuery
  bands: readonly Band[]
  content: StackContent
  /** What the line of the period before is; null where there is none. */
  before: string | null
  budgets: readonly { id: string; text: string }[]
  outlook: MonthOutlook['currencies'][number] | null
  hasAlerts: boolean
}

/** Which colour is what and how much it is, and what every mark means; only what the chart really shows. */
export function ChartKey({ query, bands, content, before, budgets, outlook, hasAlerts }: ChartKeyProps) {
  const { planes, planned = [], currency } = content
  return (
    <div className="chart-key">
      <ul className="chart-bands">
        {bands.map((band, index) => (
          <li key={band.key}>
            <span
              className={`swatch ${band.key === otherKey ? 'swatch-other' : `swatch-${index + 1}`}`}
              aria-hidden="true"
            />
            <BandName band={band} query={query} />
            <Amount amount={band.total} currency={currency} />
          </li>
        ))}
      </ul>
      <ul className="chart-planes quiet small">
        {planes.includes('billed') && (
          <li>
            <span className="plane plane-billed" aria-hidden="true" /> {t`billed`}
          </li>
        )}
        {(planes.includes('estimate') || planes.includes('mixed')) && (
          <li>
            <span className="plane plane-estimate" aria-hidden="true" />{' '}
            {query.scopes.length > 0 ? t`estimate, where no bill tells it` : t`estimate, not yet billed`}
          </li>
        )}
        {planes.includes(null) && (
          <li>
            <span className="plane plane-unknown" aria-hidden="true" /> {t`unknown`}
          </li>
        )}
        {before !== null && (
          <li>
            <span className="plane plane-before" aria-hidden="true" /> {before}
          </li>
        )}
        {budgets.map(({ id, text }) => (
          <li key={id}>
            <span className="plane plane-limit" aria-hidden="true" /> {text}
          </li>
        ))}
        {outlook && (
          <li>
            <span className="plane plane-heading" aria-hidden="true" />
            {t`heading for ${formatMoney(outlook.end, currency)}, most likely ${formatMoney(outlook.low, currency)} to ${formatMoney(outlook.high, currency)}`}
          </li>
        )}
        {hasAlerts && (
          <li>
            <Icon name="alert" /> {t`an alert opened`}
          </li>
        )}
        {planned.map(({ plan }) => (
          <li key={plan.id}>
            <span className="plane plane-planned" aria-hidden="true" />
            <span className="cut">{planText(plan)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Looks into a group; what is in it with others cannot be looked into. */
function BandName({ band, query }: { band: Band; query: DashboardQuery }) {
  if (band.key === otherKey) return <span className="cut">{band.label}</span>
  return <ScopeLink query={query} name={band.key} kind={query.by} label={band.label} />
}

/** A group by its name, which leads to the dashboard of that group alone. */
export function ScopeLink({
  query,
  kind,
  name,
  label,
}: {
  query: DashboardQuery
  kind: DashboardQuery['by']
  name: string
  label: string
}) {
  const scope = formatScope({ kind, name })
  if (query.scopes.includes(scope))
    return (
      <span className="cut" title={label}>
        {label}
      </span>
    )
  return (
    <a
      className="cut scope-link"
      title={t`Only ${label}`}
      href={hrefOf({ view: 'dashboard', query: withScope(query, scope) })}
    >
      {label}
    </a>
  )
}
