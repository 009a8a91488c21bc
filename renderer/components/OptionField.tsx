import { DocumentField, SelectField, TextField } from './Field.tsx'
import type { OptionFacts } from '../../shared/options.ts'

interface OptionFieldProps {
  facts: OptionFacts
  value: string
  error: string | undefined
  onChange: (value: string) => void
}

export function OptionField({ facts, value, error, onChange }: OptionFieldProps) {
  if (facts.document)
    return (
      <DocumentField label={facts.label} hint={facts.hint} rows={14} value={value} error={error} onChange={onChange} />
    )
  if (!facts.choices)
    return <TextField label={facts.label} hint={facts.hint} value={value} error={error} onChange={onChange} />
  const choices = Object.entries(facts.choices).map(([name, label]) => ({ value: name, label }))
  return (
    <SelectField
      label={facts.label}
      hint={facts.hint}
      value={value}
      choices={facts.required && value !== '' ? choices : [{ value: '', label: 'As usual' }, ...choices]}
      error={error}
      onChange={onChange}
    />
  )
}
