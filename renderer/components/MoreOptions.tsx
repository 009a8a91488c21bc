import { t } from '@lingui/core/macro'
import type { ReactNode } from 'react'

/**
 * The drawer for what works as it is where nobody says otherwise. The browser keeps whether it is open: it opens and
 * closes when a person says so, and opens when a form is sent whose mistake it would hide (use-form.ts).
 */
export function MoreOptions({ children }: { children: ReactNode }) {
  return (
    <details className="more">
      <summary>{t`More options`}</summary>
      <div className="form">{children}</div>
    </details>
  )
}
