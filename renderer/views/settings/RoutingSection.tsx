import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { Exceptions } from './Exceptions.tsx'
import { Matrix } from './Matrix.tsx'
import { baseCell, draftOf, entryOf, isChanged, usualOf, type RoutingDraft } from './routing-draft.ts'
import { RoutingPreview } from './RoutingPreview.tsx'
import { Unheard } from './Unheard.tsx'
import { Answered } from '../../components/Answered.tsx'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { fieldErrors } from '../../hooks/field-errors.ts'
import { useAction, useCall } from '../../hooks/use-call.ts'
import { useKept } from '../../hooks/use-kept.ts'
import type { Severity } from '../../../shared/alerts.ts'
import type { Channel } from '../../../shared/channels.ts'
import { routing as routingSchema, type SavedRouting } from '../../../shared/routing.ts'

export function RoutingSection() {
  const saved = useCall('routing:get', {})
  const channels = useCall('channels:list', {})
  return (
    <Answered answer={saved} waiting={<Skeleton size="chart" count={1} />}>
      {(routing) => (
        <Answered answer={channels} waiting={<Skeleton size="chart" count={1} />}>
          {(list) => <RoutingEditor saved={routing} channels={list} />}
        </Answered>
      )}
    </Answered>
  )
}

/** Nothing counts before it is saved: half a change of who is told may tell nobody. */
function RoutingEditor({ saved, channels }: { saved: SavedRouting; channels: readonly Channel[] }) {
  const accounts = useCall('accounts:list', {}).value ?? []
  const save = useAction('routing:set')
  const [draft, setDraft] = useKept<RoutingDraft>('routing')
  const [isSaved, setSaved] = useState(false)
  const shown = draft ?? draftOf(saved)
  const parsed = routingSchema.safeParse(entryOf(shown, channels))
  const errors = parsed.success ? {} : fieldErrors(parsed.error)
  const change = (part: Partial<RoutingDraft>) => {
    setSaved(false)
    save.reset()
    setDraft({ ...shown, ...part })
  }
  const base = (channel: Channel, severity: Severity) => baseCell(shown.matrix, channel, severity)
  return (
    <div className="stack">
      <Card title={t`Who hears what`} flush>
        <p className="quiet small matrix-about">{t`When each channel is told of an alert, unless somebody acknowledges it before. Grey is as usual.`}</p>
        <Matrix
          caption={t`Who hears what, of all alerts`}
          channels={channels}
          matrix={shown.matrix}
          otherwise={usualOf}
          inherited={null}
          onChange={(matrix) => change({ matrix })}
        />
        <Unheard cellFor={base} channels={channels} />
        <Fallback
          value={shown.fallbackMinutes}
          error={errors['fallbackMinutes']}
          onChange={(fallbackMinutes) => change({ fallbackMinutes })}
        />
      </Card>
      <Exceptions
        exceptions={shown.exceptions}
        channels={channels}
        accounts={accounts}
        base={base}
        onChange={(exceptions) => change({ exceptions })}
      />
      <RoutingPreview routing={parsed.success ? parsed.data : saved} accounts={accounts} />
      <SaveBar
        isChanged={isChanged(shown, saved, channels)}
        isSaved={isSaved}
        save={save}
        onDiscard={() => {
          save.reset()
          setDraft(null)
        }}
        onSave={() => {
          if (!parsed.success) return document.querySelector<HTMLElement>('.fallback [aria-invalid]')?.focus()
          void save.run({ ...parsed.data, revision: shown.revision }).then((result) => {
            if (!result.ok) return
            setDraft(null)
            setSaved(true)
          })
        }}
      />
    </div>
  )
}

interface FallbackProps {
  value: string
  error: string | undefined
  onChange: (value: string) => void
}

function Fallback({ value, error, onChange }: FallbackProps) {
  return (
    <div className="fallback">
      <label className="small">
        <Trans>
          A channel that has not delivered within{' '}
          <input
            className="input input-small number"
            inputMode="numeric"
            autoComplete="off"
            size={3}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? 'fallback-error' : undefined}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />{' '}
          minutes does not get through: its backups are told, or the next in time.
        </Trans>
      </label>
      {error && (
        <p className="field-error" id="fallback-error" role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

interface SaveBarProps {
  isChanged: boolean
  isSaved: boolean
  save: Pick<ReturnType<typeof useAction<'routing:set'>>, 'busy' | 'failure'>
  onDiscard: () => void
  onSave: () => void
}

/** Stays in sight while there is something to save. */
function SaveBar({ isChanged, isSaved, save, onDiscard, onSave }: SaveBarProps) {
  if (!isChanged)
    return (
      <p role="status" className="quiet small">
        {isSaved ? t`Saved.` : ''}
      </p>
    )
  return (
    <div className="save-bar">
      {save.failure && <FailureNote failure={save.failure} />}
      <div className="save-bar-line">
        <p role="status">{t`Not saved yet`}</p>
        <div className="buttons">
          <Button onClick={onDiscard}>{t`Discard`}</Button>
          <Button look="primary" busy={save.busy} onClick={onSave}>{t`Save`}</Button>
        </div>
      </div>
    </div>
  )
}
