import { DocumentField, TextField } from './Field.tsx'
import type { KeyFacts } from '../../shared/providers/facts.ts'

interface KeyFieldProps {
  label: string
  facts: KeyFacts | null
  hint: string
  value: string
  error: string | undefined
  onChange: (value: string) => void
}

/** A key of one line is not shown while it is typed; a document is pasted whole, line breaks and all. */
export function KeyField({ label, facts, hint, value, error, onChange }: KeyFieldProps) {
  if (!facts?.document)
    return (
      <TextField
        label={label}
        type="password"
        autoComplete="new-password"
        className="input input-mono"
        placeholder={facts?.hint}
        hint={hint}
        value={value}
        error={error}
        onChange={onChange}
      />
    )
  return (
    <DocumentField
      label={label}
      hint={hint}
      error={error}
      rows={4}
      placeholder={facts.hint}
      value={value}
      onChange={onChange}
    />
  )
}
