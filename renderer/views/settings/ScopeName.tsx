import { t } from '@lingui/core/macro'
import { useId } from 'react'
import { Field, SelectField } from '../../components/Field.tsx'
import { useCall } from '../../hooks/use-call.ts'
import { useZone } from '../../hooks/use-zone.ts'
import { groupWords } from '../../words/names.ts'
import { providerIds } from '../../../shared/providers.ts'
import type { ScopeKind } from '../../../shared/scope.ts'
import { addDays, localDay } from '../../../shared/time.ts'
import { providerFacts } from '../../facts.ts'

interface ScopeNameProps {
  kind: Exclude<ScopeKind, 'all'>
  name: string
  accounts: readonly { id: string; label: string }[]
  error: string | undefined
  onChange: (name: string) => void
}

/** Which one: a choice where all are known, otherwise a text with what was seen lately as suggestions. */
export function ScopeName({ kind, name, accounts, error, onChange }: ScopeNameProps) {
  const label = groupWords[kind]
  const choose = { value: '', label: t`Choose…` }
  if (kind === 'account') {
    const choices = accounts.map(({ id, label: text }) => ({ value: id, label: text }))
    return <SelectField label={label} value={name} error={error} choices={[choose, ...choices]} onChange={onChange} />
  }
  if (kind === 'provider') {
    const choices = providerIds.map((id) => ({ value: id as string, label: providerFacts(id).label }))
    return <SelectField label={label} value={name} error={error} choices={[choose, ...choices]} onChange={onChange} />
  }
  return <SeenName kind={kind} name={name} error={error} onChange={onChange} />
}

function SeenName({
  kind,
  name,
  error,
  onChange,
}: Omit<ScopeNameProps, 'kind' | 'accounts'> & { kind: 'workspace' | 'project' | 'model' | 'key' }) {
  const zone = useZone()
  const listId = useId()
  const to = localDay(Date.now(), zone)
  const seen = useCall('spend:report', { from: addDays(to, -29), to, by: kind, zone }).value?.rows ?? []
  return (
    <Field label={groupWords[kind]} error={error}>
      {(parts) => (
        <>
          <input
            className="input"
            autoComplete="off"
            spellCheck={false}
            {...parts}
            list={listId}
            value={name}
            onChange={(event) => onChange(event.target.value)}
          />
          <datalist id={listId}>
            {seen.map((row) => (
              <option key={row.key} value={row.key}>
                {row.label}
              </option>
            ))}
          </datalist>
        </>
      )}
    </Field>
  )
}
