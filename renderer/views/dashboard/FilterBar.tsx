import { t } from '@lingui/core/macro'
import { useState } from 'react'
import {
  formatRange,
  rangeNames,
  stackings,
  withoutScope,
  withScope,
  type DashboardQuery,
  type RangeName,
  type Stacking,
} from '../../dashboard-query.ts'
import { Button } from '../../components/Button.tsx'
import { Segmented } from '../../components/Segmented.tsx'
import { useCall } from '../../hooks/use-call.ts'
import { groupWords } from '../../words/names.ts'
import { formatScope, parseScope } from '../../../shared/scope.ts'
import type { History } from '../../../shared/spend.ts'
import { localDay } from '../../../shared/time.ts'
import { rangeWords, type ShownRange } from './time-range.ts'

interface FilterBarProps {
  query: DashboardQuery
  shown: ShownRange
  /** In the words of people, once the guard has said them. */
  scopes: History['scopes']
  zone: string
  onChange: (query: DashboardQuery) => void
}

/** Of when and of what: the time range, and the filters as chips that can be taken away. */
export function FilterBar({ query, shown, scopes, zone, onChange }: FilterBarProps) {
  const [isCustom, setCustom] = useState(false)
  const isOpen = isCustom || typeof query.range !== 'string'
  return (
    <section className="filter-bar" aria-label={t`What is shown`}>
      <Segmented<RangeName | 'custom'>
        label={t`Time range`}
        value={isOpen ? 'custom' : (query.range as RangeName)}
        choices={[
          ...rangeNames.map((value) => ({ value, label: rangeWords[value] })),
          { value: 'custom', label: t`Custom` },
        ]}
        onChange={(range) => {
          setCustom(range === 'custom')
          if (range !== 'custom') onChange({ ...query, range, up: null })
        }}
      />
      {isOpen && (
        <CustomRange
          key={formatRange(query.range)}
          shown={shown}
          zone={zone}
          onChange={(range) => {
            setCustom(false)
            onChange({ ...query, range, up: null })
          }}
        />
      )}
      <ul className="chips" aria-label={t`Filters`}>
        {query.scopes.map((scope) => (
          <li key={scope}>
            <Chip text={chipText(scope, scopes)} onRemove={() => onChange(withoutScope(query, scope))} />
          </li>
        ))}
        <li>
          <AddFilter query={query} shown={shown} zone={zone} onAdd={(scope) => onChange(withScope(query, scope))} />
        </li>
        {query.scopes.length > 1 && (
          <li>
            <Button look="ghost" onClick={() => onChange({ ...query, scopes: [] })}>{t`Remove all`}</Button>
          </li>
        )}
      </ul>
    </section>
  )
}

function chipText(scope: string, scopes: History['scopes']): string {
  const parsed = parseScope(scope)
  if (!parsed || parsed.kind === 'all') return scope
  const label = scopes.find((one) => one.scope === scope)?.label ?? parsed.name
  return `${groupWords[parsed.kind]}: ${label}`
}

function Chip({ text, onRemove }: { text: string; onRemove: () => void }) {
  return (
    <span className="chip">
      <span className="cut" title={text}>
        {text}
      </span>
      <button type="button" className="chip-remove" aria-label={t`Remove filter ${text}`} onClick={onRemove}>
        <span aria-hidden="true">×</span>
      </button>
    </span>
  )
}

function CustomRange({
  shown,
  zone,
  onChange,
}: {
  shown: ShownRange
  zone: string
  onChange: (range: { from: string; to: string }) => void
}) {
  const dayOf = (text: string, backMs: number) =>
    text.includes('T') ? localDay(Date.parse(text) - backMs, zone) : text
  const [from, setFrom] = useState(dayOf(shown.from, 0))
  // An instant is where the range ends, and no longer part of it.
  const [to, setTo] = useState(dayOf(shown.to, 1))
  return (
    <form
      className="custom-range"
      onSubmit={(event) => {
        event.preventDefault()
        if (from && to) onChange(from <= to ? { from, to } : { from: to, to: from })
      }}
    >
      <DayField label={t`From`} value={from} onChange={setFrom} />
      <DayField label={t`to`} value={to} onChange={setTo} />
      <Button type="submit">{t`Show`}</Button>
    </form>
  )
}

function DayField({ label, value, onChange }: { label: string; value: string; onChange: (day: string) => void }) {
  return (
    <label className="inline-field">
      <span className="quiet small">{label}</span>
      <input
        type="date"
        className="input input-small"
        required
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  )
}

/** First by what, then which: only what spent something in the time that is shown. */
function AddFilter({
  query,
  shown,
  zone,
  onAdd,
}: {
  query: DashboardQuery
  shown: ShownRange
  zone: string
  onAdd: (scope: string) => void
}) {
  const [kind, setKind] = useState<Stacking | null>(null)
  return (
    <span className="add-filter">
      <select
        className="input input-small"
        aria-label={t`Add a filter by`}
        value={kind ?? ''}
        onChange={(event) => setKind(stackings.find((each) => each === event.target.value) ?? null)}
      >
        <option value="">{t`Add filter…`}</option>
        {stackings.map((each) => (
          <option key={each} value={each}>
            {groupWords[each]}
          </option>
        ))}
      </select>
      {kind && (
        <FilterValue
          key={kind}
          kind={kind}
          query={query}
          shown={shown}
          zone={zone}
          onAdd={(scope) => {
            setKind(null)
            onAdd(scope)
          }}
        />
      )}
    </span>
  )
}

function FilterValue({
  kind,
  query,
  shown,
  zone,
  onAdd,
}: {
  kind: Stacking
  query: DashboardQuery
  shown: ShownRange
  zone: string
  onAdd: (scope: string) => void
}) {
  // A second of one kind widens what is shown, so those of the same kind do not narrow the choice.
  const scopes = query.scopes.filter((scope) => parseScope(scope)?.kind !== kind)
  const { value } = useCall('spend:report', { from: shown.from, to: shown.to, by: kind, zone, scopes })
  const known = new Map((value?.rows ?? []).map(({ key, label }) => [formatScope({ kind, name: key }), label]))
  const choices = [...known].filter(([scope]) => !query.scopes.includes(scope))
  return (
    <select
      className="input input-small"
      aria-label={groupWords[kind]}
      value=""
      onChange={(event) => onAdd(event.target.value)}
    >
      <option value="">{value ? (choices.length > 0 ? t`Choose…` : t`Nothing to choose`) : t`Reading…`}</option>
      {choices.map(([scope, label]) => (
        <option key={scope} value={scope}>
          {label}
        </option>
      ))}
    </select>
  )
}
