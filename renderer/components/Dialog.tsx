import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import { FailureNote } from './Notes.tsx'
import type { Failure } from '../../shared/failures.ts'

interface DialogProps {
  open: boolean
  title: string
  about: ReactNode
  onClose: () => void
  children: ReactNode
}

/**
 * The veil is our own element and not Radix' Overlay: that one locks scrolling through a style element it puts into
 * the page, which our content security policy forbids. Focus trap, Escape and aria-modal stay Radix'.
 */
export function Dialog({ open, title, about, onClose, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <div className="veil">
          <Radix.Content className="dialog">
            <Radix.Title asChild>
              <h2>{title}</h2>
            </Radix.Title>
            <Radix.Description asChild>
              <div className="quiet">{about}</div>
            </Radix.Description>
            {children}
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  )
}

interface ConfirmProps {
  open: boolean
  title: string
  about: ReactNode
  confirm: string
  busy: boolean
  failure: Failure | null
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something that cannot be taken back. */
export function Confirm({ open, title, about, confirm, busy, failure, onConfirm, onClose }: ConfirmProps) {
  return (
    <Dialog open={open} title={title} about={about} onClose={onClose}>
      {failure && <FailureNote failure={failure} />}
      <div className="buttons buttons-end">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="danger" busy={busy} onClick={onConfirm}>
          {confirm}
        </Button>
      </div>
    </Dialog>
  )
}
