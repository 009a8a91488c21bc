import { t } from '@lingui/core/macro'
import { FailureNote, GoodNote, InfoNote } from './Notes.tsx'
import type { Failure } from '../../shared/failures.ts'
import type { Reply } from '../../shared/ipc.ts'

interface TestNoteProps {
  outcome: Reply<'channels:test'> | undefined
  failure: Failure | null
}

/** What became of a test message. Taken is not arrived: some places say only later, or never, whether it did. */
export function TestNote({ outcome, failure }: TestNoteProps) {
  const reason = failure ?? outcome?.failure
  if (reason) return <FailureNote failure={reason} />
  if (!outcome?.delivered) return null
  if (outcome.isConfirmed) return <GoodNote title={t`The test was delivered`} />
  return (
    <InfoNote title={t`The test was accepted`}>
      <p>{t`Whether it arrived is not known yet. Look whether it is there.`}</p>
    </InfoNote>
  )
}
