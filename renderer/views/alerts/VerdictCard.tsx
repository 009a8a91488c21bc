import { useState } from 'react'
import { PlanForm } from '../settings/PlanForm.tsx'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { TextField } from '../../components/Field.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { useAction, useCall } from '../../hooks/use-call.ts'
import { useNow } from '../../hooks/use-now.ts'
import { agoText } from '../../words.ts'
import type { Alert, JudgedAlert } from '../../../shared/alerts.ts'
import { formatMoney } from '../../../shared/money.ts'
import { planScopes } from '../../../shared/plans.ts'
import { parseScope } from '../../../shared/scope.ts'
import { verdictWords, type Verdict } from '../../../shared/verdicts.ts'

/** What it was, by the person who knows. Spend that is welcome also stops being told. */
export function VerdictCard({ alert }: { alert: Alert }) {
  const nowMs = useNow()
  const judge = useAction('alerts:verdict')
  const accept = useAction('alerts:accept')
  const [isPlanning, setPlanning] = useState(false)
  const here = { id: alert.id, via: 'dashboard' } as const
  const last = alert.verdicts.at(-1)
  const failure = judge.failure ?? accept.failure
  const isOfSpend = alert.rule === 'velocity' || alert.rule === 'anomaly'
  const choice = (verdict: Verdict, label: string) => (
    <Button
      aria-pressed={last?.verdict === verdict}
      busy={judge.busy}
      onClick={() => last?.verdict !== verdict && void judge.run({ ...here, verdict })}
    >
      {label}
    </Button>
  )
  return (
    <Card title="What was it?">
      <div className="verdict">
        <div className="buttons">
          {choice('real', 'Real problem')}
          {choice('false', 'False alarm')}
          {isOfSpend && alert.state !== 'resolved' ? (
            <>
              <Button
                busy={accept.busy}
                title="This spend is here to stay: be quiet about it from now on"
                onClick={() => void accept.run(here)}
              >
                New normal
              </Button>
              <Button title="This spend was announced: write it down as a plan" onClick={() => setPlanning(true)}>
                Planned…
              </Button>
            </>
          ) : (
            choice('expected', 'Expected')
          )}
        </div>
        <p className="quiet small">
          {last
            ? `${last.by === 'you' ? 'You say' : `${last.by} says`} it was ${verdictWords[last.verdict]}, ${agoText(Date.parse(last.at), nowMs)}.`
            : 'Your answer makes the numbers under “How the guard does”.'}
        </p>
        {last && <NoteForm key={`${last.verdict} ${last.prevented} ${last.note}`} alert={alert} last={last} />}
        {failure && <FailureNote failure={failure} />}
      </div>
      {isPlanning && (
        <PlanDialog
          alert={alert}
          onClose={() => setPlanning(false)}
          onPlanned={() => {
            setPlanning(false)
            void judge.run({ ...here, verdict: 'expected', note: 'Planned.' })
          }}
        />
      )}
    </Card>
  )
}

/** What else there is to say of a verdict: why, and of a real problem what it would have cost. */
function NoteForm({ alert, last }: { alert: Alert; last: JudgedAlert }) {
  const judge = useAction('alerts:verdict')
  const [prevented, setPrevented] = useState(last.prevented ?? '')
  const [note, setNote] = useState(last.note)
  const isReal = last.verdict === 'real'
  const entry = { prevented: isReal ? prevented.trim() || null : null, note: note.trim() }
  return (
    <form
      className="prevented"
      onSubmit={(event) => {
        event.preventDefault()
        void judge.run({ id: alert.id, via: 'dashboard', verdict: last.verdict, ...entry })
      }}
    >
      {isReal && (
        <TextField
          label={`Prevented, in ${alert.currency} (optional)`}
          inputMode="decimal"
          placeholder="250"
          hint="Your own estimate."
          value={prevented}
          error={judge.failure?.message}
          onChange={setPrevented}
        />
      )}
      <TextField
        label="Note (optional)"
        placeholder="A retry loop in the importer"
        maxLength={500}
        value={note}
        error={isReal ? undefined : judge.failure?.message}
        onChange={setNote}
      />
      <Button type="submit" busy={judge.busy} disabled={entry.prevented === last.prevented && entry.note === last.note}>
        Save
      </Button>
      {(last.prevented !== null || last.note !== '') && (
        <span className="unseen" role="status">
          {[last.prevented === null ? '' : formatMoney(last.prevented, alert.currency), last.note]
            .filter(Boolean)
            .join(', ')}{' '}
          noted
        </span>
      )}
    </form>
  )
}

function PlanDialog({ alert, onClose, onPlanned }: { alert: Alert; onClose: () => void; onPlanned: () => void }) {
  const accounts = useCall('accounts:list', {}).value ?? []
  const scope = parseScope(alert.scope)
  const scopeKind = planScopes.find((kind) => kind === scope?.kind) ?? 'all'
  return (
    <Dialog
      open
      title="Plan more spend"
      about="Unusual and fast spend is not told up to this amount. Budgets speak as always."
      onClose={onClose}
    >
      <PlanForm
        accounts={accounts}
        initial={{ currency: alert.currency, scopeKind, scopeName: scopeKind === 'all' ? '' : (scope?.name ?? '') }}
        onDone={onPlanned}
        onCancel={onClose}
      />
    </Dialog>
  )
}
