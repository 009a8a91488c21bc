import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { severityColumns } from './routing-draft.ts'
import { exceptionTitle, stepsOf } from './routing-words.ts'
import { ScopeFields } from './ScopeFields.tsx'
import { Card } from '../../components/Card.tsx'
import { SelectField, TextField } from '../../components/Field.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useCall } from '../../hooks/use-call.ts'
import { useSettled } from '../../hooks/use-settled.ts'
import { useZone } from '../../hooks/use-zone.ts'
import { instantOf } from '../../local-time.ts'
import { severityWords } from '../../words/names.ts'
import type { Severity } from '../../../shared/alerts.ts'
import type { Reply, Request } from '../../../shared/ipc.ts'
import type { Routing } from '../../../shared/routing.ts'
import { formatScope, scopeKinds, type ScopeKind } from '../../../shared/scope.ts'

interface RoutingPreviewProps {
  /** As it is on the screen, saved or not. */
  routing: Routing
  accounts: readonly { id: string; label: string }[]
}

/** Who would hear of an alert one thinks of, and when, before it is there. */
export function RoutingPreview({ routing, accounts }: RoutingPreviewProps) {
  const zone = useZone()
  const [severity, setSeverity] = useState<Severity>('critical')
  const [scope, setScope] = useState<{ kind: ScopeKind; name: string }>({ kind: 'all', name: '' })
  const [time, setTime] = useState('')
  const isNamed = scope.kind === 'all' || scope.name.trim() !== ''
  const asked: Request<'routing:preview'> = useSettled({
    severity,
    scope: isNamed ? formatScope({ kind: scope.kind, name: scope.name.trim() }) : 'all',
    at: time === '' ? null : instantOf(time, zone),
    routing,
  })
  const { value, failure } = useCall('routing:preview', asked, { keepsOld: true })
  return (
    <Card title={t`Try it`}>
      <div className="form">
        <div className="form-row form-row-wide">
          <SelectField
            label={t`An alert that is`}
            value={severity}
            choices={severityColumns.map((each) => ({ value: each, label: severityWords[each] }))}
            onChange={setSeverity}
          />
          <TextField
            label={t`Fires at`}
            type="datetime-local"
            hint={t`Empty: now. On the clock of the guard: ${zone}.`}
            value={time}
            onChange={setTime}
          />
        </div>
        <ScopeFields
          label={t`About`}
          kinds={scopeKinds}
          kind={scope.kind}
          name={scope.name}
          accounts={accounts}
          error={undefined}
          onKind={(kind) => setScope({ kind, name: '' })}
          onName={(name) => setScope({ ...scope, name })}
        />
        <div className="hearings" aria-live="polite">
          {value ? (
            <Hearings preview={value} routing={routing} accounts={accounts} at={asked.at ?? null} zone={zone} />
          ) : (
            !failure && <Skeleton size="line" count={3} />
          )}
          {failure && <FailureNote failure={failure} />}
        </div>
      </div>
    </Card>
  )
}

interface HearingsProps extends RoutingPreviewProps {
  preview: Reply<'routing:preview'>
  at: string | null
  zone: string
}

function Hearings({ preview, routing, accounts, at, zone }: HearingsProps) {
  const matched = routing.exceptions.find(({ id }) => id === preview.exception)
  const firedAtMs = at === null ? Date.now() : Date.parse(at)
  return (
    <>
      <p className="small">
        {matched ? (
          <>
            <Trans>
              The exception <strong>{exceptionTitle(matched, accounts)}</strong> counts.
            </Trans>
          </>
        ) : (
          <span className="quiet">{t`No exception counts: as for all alerts.`}</span>
        )}
        {!preview.isKnownScope && <span className="near-text">{t`Nothing here has this scope yet.`}</span>}
      </p>
      <ol className="history">
        {stepsOf(preview.hearings, firedAtMs, zone, routing.fallbackMinutes).map(({ when, why, channels }) => (
          <li key={`${when} ${why}`}>
            <p>
              <strong>{when}</strong>
              {why && <span className="quiet">, {why}</span>}
            </p>
            <p>{channels.join(', ')}</p>
          </li>
        ))}
      </ol>
    </>
  )
}
