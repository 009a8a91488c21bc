import { t } from '@lingui/core/macro'
import { Component, type ReactNode } from 'react'
import { Button } from './Button.tsx'
import { FailureNote } from './Notes.tsx'
import { fail } from '../../shared/failures.ts'

/** The one handler for bugs of the interface: says so, and offers to start the page again. React takes only a class here. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override render() {
    if (!this.state.error) return this.props.children
    return (
      <main className="crash">
        <h1>{t`API Spend Guard`}</h1>
        <FailureNote
          failure={fail(
            'internal',
            t`This window stopped: ${this.state.error.message}. The guard itself goes on; nothing is lost.`,
          )}
        />
        <div className="buttons">
          <Button look="primary" onClick={() => location.reload()}>{t`Start this window again`}</Button>
        </div>
      </main>
    )
  }
}
