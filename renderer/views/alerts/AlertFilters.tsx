import { t } from '@lingui/core/macro'
import type { AlertFilter, RangeDays } from '../../address.ts'
import { ranges } from '../../address.ts'
import { SelectField, TextField } from '../../components/Field.tsx'
import { alertStateWords, ruleWords, severityWords } from '../../words/names.ts'
import { alertStates, ruleKinds, severities } from '../../../shared/alerts.ts'

interface AlertFiltersProps {
  list: 'open' | 'all'
  filter: AlertFilter
  onChange: (filter: AlertFilter) => void
}

/** What narrows the list. It lives in the address, so that a view can be sent to somebody. */
export function AlertFilters({ list, filter, onChange }: AlertFiltersProps) {
  const states = alertStates.filter((state) => list === 'all' || state !== 'resolved')
  const set = (change: Partial<AlertFilter>) => onChange({ ...filter, ...change })
  return (
    <form className="filters" role="search" aria-label={t`Find alerts`} onSubmit={(event) => event.preventDefault()}>
      <TextField
        label={t`Search`}
        type="search"
        placeholder={t`Model, key, reason, note`}
        value={filter.search}
        onChange={(search) => set({ search })}
      />
      <Choice
        label={t`State`}
        any={t`Any state`}
        known={states}
        words={alertStateWords}
        value={filter.state}
        onChange={(state) => set({ state })}
      />
      <Choice
        label={t`Rule`}
        any={t`Any rule`}
        known={ruleKinds}
        words={ruleWords}
        value={filter.rule}
        onChange={(rule) => set({ rule })}
      />
      <Choice
        label={t`Severity`}
        any={t`Any severity`}
        known={severities}
        words={severityWords}
        value={filter.severity}
        onChange={(severity) => set({ severity })}
      />
      <SelectField
        label={t`Opened`}
        value={filter.days === null ? '' : `${filter.days}`}
        choices={[
          { value: '' as `${RangeDays}` | '', label: t`At any time` },
          ...ranges.map((days) => ({ value: `${days}` as const, label: t`Last ${days} days` })),
        ]}
        onChange={(text) => set({ days: ranges.find((days) => String(days) === text) ?? null })}
      />
    </form>
  )
}

function Choice<T extends string>({
  label,
  any,
  known,
  words,
  value,
  onChange,
}: {
  label: string
  any: string
  known: readonly T[]
  words: Record<T, string>
  value: T | null
  onChange: (value: T | null) => void
}) {
  return (
    <SelectField<T | ''>
      label={label}
      value={value ?? ''}
      choices={[{ value: '', label: any }, ...known.map((each) => ({ value: each, label: words[each] }))]}
      onChange={(chosen) => onChange(chosen === '' ? null : chosen)}
    />
  )
}
