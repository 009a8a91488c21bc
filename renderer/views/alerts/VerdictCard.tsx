import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { PlanForm } from '../settings/PlanForm.tsx'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { TextField } from '../../components/Field.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { useAction, useCall } from '../../hooks/use-call.ts'
import { useNow } from '../../hooks/use-now.ts'
import { agoText } from '../../words/times.ts'
import type { Alert, JudgedAlert } from '../../../shared/alerts.ts'
import { formatMoney } from '../../../shared/money.ts'
import { planScopes } from '../../../shared/plans.ts'
import { parseScope } from '../../../shared/scope.ts'
import type { Verdict } from '../../../shared/verdicts.ts'

function saidText({ by, verdict }: Pick<JudgedAlert, 'by' | 'verdict'>, ago: string): string {
  if (by === 'you')
    return {
      real: t`You say it was a real problem, ${ago}.`,
      false: t`You say it was a false alarm, ${ago}.`,
      expected: t`You say it was expected, ${ago}.`,
    }[verdict]
  return {
    real: t`${by} says it was a real problem, ${ago}.`,
    false: t`${by} says it was a false alarm, ${ago}.`,
    expected: t`${by} says it was expected, ${ago}.`,
  }[verdict]
}

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
    <Card title={t`What was it?`}>
      <div className="verdict">
        <div className="buttons">
          {choice('real', t`Real problem`)}
          {choice('false', t`False alarm`)}
          {isOfSpend && alert.state !== 'resolved' ? (
            <>
              <Button
                busy={accept.busy}
                title={t`This spend is here to stay: be quiet about it from now on`}
                onClick={() => void accept.run(here)}
              >{t`New normal`}</Button>
              <Button
                title={t`This spend was announced: write it down as a plan`}
                onClick={() => setPlanning(true)}
              >{t`Planned…`}</Button>
            </>
          ) : (
            choice('expected', t`Expected`)
          )}
        </div>
        <p className="quiet small">
          {last
            ? saidText(last, agoText(Date.parse(last.at), nowMs))
            : t`Your answer makes the numbers under “How the guard does”.`}
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
            void judge.run({ ...here, verdict: 'expected', note: t`Planned.` })
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
          label={t`Prevented, in ${alert.currency} (optional)`}
          inputMode="decimal"
          placeholder="250"
          hint={t`Your own estimate.`}
          value={prevented}
          error={judge.failure?.message}
          onChange={setPrevented}
        />
      )}
      <TextField
        label={t`Note (optional)`}
        placeholder={t`A retry loop in the importer`}
        maxLength={500}
        value={note}
        error={isReal ? undefined : judge.failure?.message}
        onChange={setNote}
      />
      <Button
        type="submit"
        busy={judge.busy}
        disabled={entry.prevented === last.prevented && entry.note === last.note}
      >{t`Save`}</Button>
      {(last.prevented !== null || last.note !== '') && (
        <span className="unseen" role="status">
          {t`${[last.prevented === null ? '' : formatMoney(last.prevented, alert.currency), last.note]
            .filter(Boolean)
            .join(', ')} noted`}
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
      title={t`Plan more spend`}
      about={t`Unusual and fast spend is not told up to this amount. Budgets speak as always.`}
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
