import { t } from '@lingui/core/macro'
import { SelectField } from './Field.tsx'
import { useCall } from '../hooks/use-call.ts'

interface PersonFieldProps {
  value: string | null
  onChange: (person: string | null) => void
}

/** Whom a channel reaches; nothing to choose while there is nobody. */
export function PersonField({ value, onChange }: PersonFieldProps) {
  const people = useCall('people:list', {}).value ?? []
  if (people.length === 0) return null
  const choices = people.map(({ name }) => ({ value: name, label: name }))
  return (
    <SelectField
      label={t`Reaches`}
      hint={t`Their quiet hours hold back what can wait.`}
      value={value ?? ''}
      choices={[{ value: '', label: t`Nobody in particular` }, ...choices]}
      onChange={(name) => onChange(name || null)}
    />
  )
}
