import { useState, type FormEvent } from 'react'
import type { z } from 'zod'
import { fieldErrors, type FieldErrors } from './field-errors.ts'
import type { Failure } from '../../shared/failures.ts'
import type { Result } from '../../shared/result.ts'

export interface Form<V extends object> {
  values: V
  errors: FieldErrors
  set: <K extends keyof V>(field: K, value: V[K]) => void
  /** Some fields at once. */
  patch: (change: Partial<V>) => void
  replace: (values: V) => void
  /** What the guard answered to the last try; the fields keep what was typed. */
  failure: Failure | null
  busy: boolean
  submit: (event: FormEvent<HTMLFormElement>) => void
}

interface FormSetup<V extends object, S extends z.ZodType, T> {
  initial: V
  schema: S
  /** From what is in the fields to what the schema reads. */
  toEntry: (values: V) => unknown
  send: (entry: z.output<S>) => Promise<Result<T>>
  onDone: (value: T) => void
}

/** A form over one of the engine's own schemas. Errors appear on submit and go as their field is mended. */
export function useForm<V extends object, S extends z.ZodType, T>(setup: FormSetup<V, S, T>): Form<V> {
  const [values, setValues] = useState(setup.initial)
  const [tried, setTried] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const parsed = setup.schema.safeParse(setup.toEntry(values))

  return {
    values,
    errors: tried && !parsed.success ? fieldErrors(parsed.error) : {},
    set: (field, value) => setValues((now) => ({ ...now, [field]: value })),
    patch: (change) => setValues((now) => ({ ...now, ...change })),
    replace: (next) => {
      setValues(next)
      setTried(false)
    },
    failure,
    busy,
    submit: (event) => {
      event.preventDefault()
      setTried(true)
      setFailure(null)
      if (!parsed.success) {
        const form = event.currentTarget
        requestAnimationFrame(() => showMistakes(form)) // after the render that marks them
        return
      }
      setBusy(true)
      void setup.send(parsed.data).then((result) => {
        setBusy(false)
        if (result.ok) setup.onDone(result.value)
        else setFailure(result.failure)
      })
    },
  }
}

/** No mistake stays behind a closed drawer, where it would be invisible; the first wrong field gets the focus. */
function showMistakes(form: HTMLFormElement): void {
  const wrong = [...form.querySelectorAll<HTMLElement>('[aria-invalid="true"]')]
  for (const field of wrong) field.closest('details:not([open])')?.setAttribute('open', '')
  wrong[0]?.focus()
}
