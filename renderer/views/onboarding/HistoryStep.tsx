import { t } from '@lingui/core/macro'
import { useEffect } from 'react'
import { Button } from '../../components/Button.tsx'
import { Progress } from '../../components/Meter.tsx'
import { FailureNote, GoodNote } from '../../components/Notes.tsx'
import { useAction, useCall } from '../../hooks/use-call.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useZone } from '../../hooks/use-zone.ts'
import { percentText } from '../../words/figures.ts'
import { untilText } from '../../words/times.ts'
import { mayPass } from '../../../shared/failures.ts'
import { formatMoney } from '../../../shared/money.ts'
import { addDays, localDay } from '../../../shared/time.ts'
import { listInWords } from '../../../shared/words.ts'

interface HistoryStepProps {
  id: string
  /** There is no such account any more. */
  onGone: () => void
  onNext: () => void
}

/** The first back-fill. It goes on by itself, so nobody has to wait here. */
export function HistoryStep({ id, onGone, onNext }: HistoryStepProps) {
  const accounts = useCall('accounts:list', {}).value
  const account = accounts?.find((each) => each.id === id)
  const again = useAction('polls:run')
  const nowMs = useNow()
  const isGone = accounts !== undefined && account === undefined
  useEffect(() => {
    if (isGone) onGone()
  }, [isGone, onGone])
  if (!account) return null

  const { label, failure, nextPollAt, asOf } = account
  const done = account.fill === null && asOf !== null
  const fill = done ? 1 : (account.fill ?? 0)
  return (
    <div className="form">
      <div>
        <h2>{t`Reading the history of ${label}`}</h2>
        <p className="quiet">{t`Up to 90 days of costs and 31 days of usage, so that the guard knows what is usual.`}</p>
      </div>
      <div className="history-fill">
        <Progress share={fill} label={t`History of ${label}`} />
        <span className="number">{percentText(fill)}</span>
      </div>
      <SoFar id={id} isDone={done} />
      {failure && (
        <>
          <FailureNote failure={failure} retry={again.busy ? undefined : () => void again.run({ accountId: id })} />
          <p className="quiet small">
            {mayPass(failure) && nextPollAt
              ? t`It is tried again by itself ${untilText(Date.parse(nextPollAt), nowMs)}. You can go on meanwhile.`
              : t`You can go on; the key can be replaced under Settings, Accounts.`}
          </p>
        </>
      )}
      {done && !failure && <GoodNote title={t`The history is here`} />}
      <div className="buttons buttons-end">
        {!done && <span className="quiet small">{t`This goes on in the background.`}</span>}
        <Button look="primary" onClick={onNext}>{t`Continue`}</Button>
      </div>
    </div>
  )
}

/** The money that is known already: it grows while one looks, which says more than a bar. */
function SoFar({ id, isDone }: { id: string; isDone: boolean }) {
  const today = localDay(Date.now(), useZone())
  const report = useCall(
    'spend:report',
    { from: addDays(today, -89), to: today, by: 'account' },
    { everyMs: 2_000 },
  ).value
  const rows = report?.rows.filter(({ key, effective }) => key === id && effective !== null) ?? []
  if (rows.length === 0) return null
  const money = listInWords(rows.map(({ effective, currency }) => formatMoney(effective, currency)))
  return (
    <p className="quiet" role={isDone ? 'status' : undefined}>
      {isDone ? t`The last 90 days` : t`So far`}: <strong className="number">{money}</strong>
    </p>
  )
}
