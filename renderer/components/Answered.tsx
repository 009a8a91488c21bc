import { t } from '@lingui/core/macro'
import type { ReactNode } from 'react'
import { FailureNote } from './Notes.tsx'
import type { Answer } from '../hooks/use-call.ts'

interface AnsweredProps<T> {
  answer: Answer<T>
  /** What holds the place while the first answer is on its way. */
  waiting: ReactNode
  children: (value: T) => ReactNode
}

/** Shows an answer, or that it is coming, or why it is not. An older answer stays on the screen while a newer read fails. */
export function Answered<T>({ answer, waiting, children }: AnsweredProps<T>) {
  if (answer.value !== undefined) return <>{children(answer.value)}</>
  if (answer.failure) {
    return (
      <div className="card-body">
        <FailureNote failure={answer.failure} retry={answer.retry} />
      </div>
    )
  }
  return (
    <div role="status" aria-label={t`Loading`}>
      {waiting}
    </div>
  )
}
