import { t } from '@lingui/core/macro'
import { ScopeName } from './ScopeName.tsx'
import { SelectField } from '../../components/Field.tsx'
import { groupWordsInside } from '../../words/names.ts'
import type { ScopeKind } from '../../../shared/scope.ts'

interface ScopeFieldsProps<K extends ScopeKind> {
  label?: string
  kinds: readonly K[]
  kind: K
  name: string
  accounts: readonly { id: string; label: string }[]
  error: string | undefined
  onKind: (kind: K) => void
  onName: (name: string) => void
}

function choiceLabel(kind: ScopeKind): string {
  return kind === 'all' ? t`Everything` : t`One ${groupWordsInside[kind]}`
}

/** What something counts: everything, or one of a kind and which. */
export function ScopeFields<K extends ScopeKind>(props: ScopeFieldsProps<K>) {
  const { kind, kinds } = props
  const named: Exclude<ScopeKind, 'all'> | null = kind === 'all' ? null : kind
  return (
    <div className="form-row">
      <SelectField
        label={props.label ?? t`Counts`}
        value={kind}
        choices={kinds.map((each) => ({
          value: each,
          label: choiceLabel(each),
        }))}
        onChange={props.onKind}
      />
      {named && (
        <ScopeName
          kind={named}
          name={props.name}
          accounts={props.accounts}
          error={props.error && t`Say which ${groupWordsInside[named]}.`}
          onChange={props.onName}
        />
      )}
    </div>
  )
}
