import { Button } from './Button.tsx'
import { useAction } from '../hooks/use-call.ts'
import { failureTitles } from '../../shared/failures.ts'
import type { PollReport } from '../../shared/spend.ts'

export function PollNow() {
  const poll = useAction('polls:run')
  return (
    <>
      <span className="quiet small" role="status">
        {poll.busy
          ? 'Polling…'
          : poll.failure
            ? `${failureTitles[poll.failure.kind]}: ${poll.failure.message}`
            : pollText(poll.value)}
      </span>
      <Button icon="refresh" busy={poll.busy} onClick={() => void poll.run({ untilTold: false })}>
        Poll now
      </Button>
    </>
  )
}

function pollText(report: PollReport | undefined): string {
  if (!report) return ''
  const failed = report.accounts.filter(({ ok }) => !ok).length
  if (failed > 0) return `${failed} of ${report.accounts.length} accounts failed`
  return report.accounts.length === 1 ? 'The account was read' : `${report.accounts.length} accounts were read`
}
