import { t } from '@lingui/core/macro'
import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import type { Failure } from '../../shared/failures.ts'
import { failureTitles } from '../facts.ts'

/** What went wrong and what to do, in the words of the failure table. */
export function FailureNote({ failure, retry }: { failure: Failure; retry?: (() => void) | undefined }) {
  return (
    <div className="note note-critical" role="alert">
      <Icon name="alert" />
      <div className="note-text">
        <strong>{failureTitles[failure.kind]}</strong>
        <p>{failure.message}</p>
      </div>
      {retry && <Button onClick={retry} icon="refresh">{t`Try again`}</Button>}
    </div>
  )
}

export function WarningNote({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="note note-warning">
      <Icon name="alert" />
      <div className="note-text">
        <strong>{title}</strong>
        {children}
      </div>
    </div>
  )
}

/** Neither good nor bad: something to know. */
export function InfoNote({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="note" role="status">
      <Icon name="info" />
      <div className="note-text">
        <strong>{title}</strong>
        {children}
      </div>
    </div>
  )
}

export function GoodNote({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="note note-good" role="status">
      <Icon name="check" />
      <div className="note-text">
        <strong>{title}</strong>
        {children}
      </div>
    </div>
  )
}

export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <strong>{title}</strong>
      {children && <p className="quiet">{children}</p>}
      {action}
    </div>
  )
}
