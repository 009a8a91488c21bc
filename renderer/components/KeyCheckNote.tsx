import { t } from '@lingui/core/macro'
import { FailureNote, GoodNote, WarningNote } from './Notes.tsx'
import type { KeyCheck } from '../../shared/accounts.ts'

/** What a look at a key found: whether it works, and what more it could do than read. */
export function KeyCheckNote({ check }: { check: KeyCheck }) {
  if (check.failure) return <FailureNote failure={check.failure} />
  return (
    <>
      <GoodNote title={t`The key works`}>
        <p>
          {check.kind}
          {check.organization && t` of ${check.organization}`}
        </p>
      </GoodNote>
      {check.warnings.length > 0 && (
        <WarningNote title={t`Before you save it`}>
          <ul>
            {check.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </WarningNote>
      )}
    </>
  )
}
