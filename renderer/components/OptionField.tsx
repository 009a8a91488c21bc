import { t } from '@lingui/core/macro'
import { DocumentField, SelectField, TextField } from './Field.tsx'
import type { FieldErrors } from '../hooks/field-errors.ts'
import type { OptionFacts } from '../../shared/options.ts'

interface OptionFieldProps {
  facts: OptionFacts
  value: string
  error: string | undefined
  onChange: (value: string) => void
}

export function OptionField({ facts, value, error: problem, onChange }: OptionFieldProps) {
  // The guard's sentence names the option as the command line does; here it stands below its field.
  const error = problem && value.trim() === '' ? t`Fill this in.` : problem
  // One word is an example of what to type.
  const isExample = facts.hint !== undefined && !facts.hint.includes(' ')
  if (facts.document)
    return (
      <DocumentField label={facts.label} hint={facts.hint} rows={14} value={value} error={error} onChange={onChange} />
    )
  if (!facts.choices)
    return (
      <TextField
        label={facts.label}
        hint={isExample ? undefined : facts.hint}
        placeholder={isExample ? facts.hint : undefined}
        inputMode={facts.count ? 'numeric' : facts.amount ? 'decimal' : undefined}
        value={value}
        error={error}
        onChange={onChange}
      />
    )
  const choices = Object.entries(facts.choices).map(([name, label]) => ({ value: name, label }))
  return (
    <SelectField
      label={facts.label}
      hint={facts.hint}
      value={value}
      choices={
        facts.required && value !== ''
          ? choices
          : [{ value: '', label: facts.required ? t`Choose…` : t`As usual` }, ...choices]
      }
      error={error}
      onChange={onChange}
    />
  )
}

interface OptionFieldsProps {
  facts: readonly (readonly [name: string, OptionFacts])[]
  values: Readonly<Record<string, string>>
  /** Of the whole form; an option's is at `options.<name>`. */
  errors: FieldErrors
  onChange: (values: Record<string, string>) => void
}

/** A field for each option; they are kept together in one value of the form. */
export function OptionFields({ facts, values, errors, onChange }: OptionFieldsProps) {
  return facts.map(([name, option]) => (
    <OptionField
      key={name}
      facts={option}
      value={values[name] ?? ''}
      error={errors[`options.${name}`]}
      onChange={(value) => onChange({ ...values, [name]: value })}
    />
  ))
}
