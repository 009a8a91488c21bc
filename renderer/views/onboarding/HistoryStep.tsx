import { Button } from '../../components/Button.tsx'
import { Progress } from '../../components/Meter.tsx'
import { FailureNote, GoodNote } from '../../components/Notes.tsx'
import { useCall } from '../../hooks/use-call.ts'
import { percentText } from '../../words.ts'

/** The first back-fill. It goes on by itself, so nobody has to wait here. */
export function HistoryStep({ id, label, onNext }: { id: string; label: string; onNext: () => void }) {
  const account = useCall('accounts:list', {}).value?.find((each) => each.id === id)
  const done = account !== undefined && account.fill === null && account.asOf !== null
  const fill = done ? 1 : (account?.fill ?? 0)
  return (
    <div className="form">
      <div>
        <h2>Reading the history of {label}</h2>
        <p className="quiet">Up to 90 days of costs and 31 days of usage, so that the guard knows what is usual.</p>
      </div>
      <div className="history-fill">
        <Progress share={fill} label={`History of ${label}`} />
        <span className="number">{percentText(fill)}</span>
      </div>
      {account?.failure && <FailureNote failure={account.failure} />}
      {done && <GoodNote title="The history is here" />}
      <div className="buttons buttons-end">
        {!done && <span className="quiet small">This goes on in the background.</span>}
        <Button look="primary" onClick={onNext}>
          Continue
        </Button>
      </div>
    </div>
  )
}
