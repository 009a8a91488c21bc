import { useId, type ComponentProps, type ReactNode } from 'react'

interface FieldProps {
  label: string
  hint?: ReactNode
  error?: string | undefined
  children: (parts: FieldParts) => ReactNode
}

/** What ties a control to its label, hint and error for people who hear the page. */
export interface FieldParts {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId()
  const described = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {error && (
        <p id={`${id}-error`} className="field-error" role="alert">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      )}
    </div>
  )
}

type TextFieldProps = Omit<FieldProps, 'children'> &
  Omit<ComponentProps<'input'>, 'onChange' | 'value'> & { value: string; onChange: (value: string) => void }

export function TextField({ label, hint, error, value, onChange, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(parts) => (
        <input
          className="input"
          autoComplete="off"
          spellCheck={false}
          {...input}
          {...parts}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

type DocumentFieldProps = Omit<FieldProps, 'children'> &
  Pick<ComponentProps<'textarea'>, 'rows' | 'placeholder'> & { value: string; onChange: (value: string) => void }

/** A text of many lines that a program reads, such as JSON. */
export function DocumentField({ label, hint, error, value, onChange, ...input }: DocumentFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(parts) => (
        <textarea
          className="input input-mono input-document"
          autoComplete="off"
          spellCheck={false}
          {...input}
          {...parts}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

type SelectFieldProps<T extends string> = Omit<FieldProps, 'children'> & {
  value: T
  choices: readonly { value: T; label: string }[]
  onChange: (value: T) => void
}

/** The system's own select: it works everywhere and needs no style of ours inside the list. */
export function SelectField<T extends string>({ label, hint, error, value, choices, onChange }: SelectFieldProps<T>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(parts) => (
        <select
          className="input"
          {...parts}
          value={value}
          onChange={(event) => {
            const choice = choices.find((each) => each.value === event.target.value)
            if (choice) onChange(choice.value)
          }}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
