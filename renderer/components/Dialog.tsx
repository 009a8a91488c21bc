import { t } from '@lingui/core/macro'
import { Dialog as Radix } from 'radix-ui'
import { useRef, type ReactNode } from 'react'
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
  const opener = useRef<HTMLElement | null>(null)
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <div className="veil">
          <Radix.Content
            className="dialog"
            onOpenAutoFocus={() => {
              opener.current = focusHome(document.activeElement)
            }}
            onCloseAutoFocus={(event) => {
              event.preventDefault()
              opener.current?.focus()
            }}
          >
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

/** Where the keyboard goes back to: the opener, or the button of the menu that held it and is gone by then. */
function focusHome(active: Element | null): HTMLElement | null {
  const menuButton = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby')
  if (menuButton) return document.getElementById(menuButton)
  return active instanceof HTMLElement ? active : null
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
        <Button onClick={onClose}>{t`Cancel`}</Button>
        <Button look="danger" busy={busy} onClick={onConfirm}>
          {confirm}
        </Button>
      </div>
    </Dialog>
  )
}
