import { ScopeName } from './ScopeName.tsx'
import { SelectField } from '../../components/Field.tsx'
import { groupWords } from '../../words.ts'
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
  return kind === 'all' ? 'Everything' : `One ${groupWords[kind].toLowerCase()}`
}

/** What something counts: everything, or one of a kind and which. */
export function ScopeFields<K extends ScopeKind>(props: ScopeFieldsProps<K>) {
  const { kind, kinds } = props
  const named: Exclude<ScopeKind, 'all'> | null = kind === 'all' ? null : kind
  return (
    <div className="form-row">
      <SelectField
        label={props.label ?? 'Counts'}
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
          error={props.error && `Say which ${groupWords[named].toLowerCase()}.`}
          onChange={props.onName}
        />
      )}
    </div>
  )
}
