import { t } from '@lingui/core/macro'
import { Button } from './Button.tsx'
import { useAction } from '../hooks/use-call.ts'
import type { PollReport } from '../../shared/spend.ts'
import { failureTitles } from '../facts.ts'

export function PollNow() {
  const poll = useAction('polls:run')
  return (
    <>
      <span className="quiet small" role="status">
        {poll.busy
          ? t`Polling…`
          : poll.failure
            ? `${failureTitles[poll.failure.kind]}: ${poll.failure.message}`
            : pollText(poll.value)}
      </span>
      <Button icon="refresh" busy={poll.busy} onClick={() => void poll.run({ untilTold: false })}>{t`Poll now`}</Button>
    </>
  )
}

function pollText(report: PollReport | undefined): string {
  if (!report) return ''
  const failed = report.accounts.filter(({ ok }) => !ok).length
  if (failed > 0) return t`${failed} of ${report.accounts.length} accounts failed`
  return report.accounts.length === 1 ? t`The account was read` : t`${report.accounts.length} accounts were read`
}
