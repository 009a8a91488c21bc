import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { Badge } from './Badge.tsx'
import { Button } from './Button.tsx'
import { TextField } from './Field.tsx'
import { FailureNote, WarningNote } from './Notes.tsx'
import { useAction } from '../hooks/use-call.ts'
import type { Ability, Discovered } from '../../shared/discovery.ts'
import { providerIds, type ProviderId } from '../../shared/providers.ts'

const abilityWords: Record<Ability, string> = {
  bill: t`reads the bill`,
  broad: t`reads the bill, and can do much more`,
  depends: t`may read the bill`,
  spend: t`can spend, but not read the bill`,
  logs: t`logs of use on this computer`,
}

/** Nothing is looked at before the button is pressed, and above the button stands what it will look at. */
export function Discovery({ onAdd }: { onAdd: (provider: ProviderId) => void }) {
  const look = useAction('discovery:look')
  const [folder, setFolder] = useState('')
  const folders = folder.trim() === '' ? [] : [folder.trim()]
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        void look.run({ folders })
      }}
    >
      <p className="quiet">{t`Looks for names only, on the computer the guard runs on: of environment variables, in shell start files, of profiles of AWS, gcloud, Azure and other command line tools, of coding agents, and of variables in the dotenv files of a folder that you name. It reads no key, and nothing leaves that computer.`}</p>
      <TextField label={t`Project folder (optional)`} placeholder="~/projects" value={folder} onChange={setFolder} />
      <div className="buttons">
        <Button type="submit" icon="key" busy={look.busy}>
          {look.busy ? t`Looking…` : t`Look for credentials on this computer`}
        </Button>
      </div>
      {look.failure && <FailureNote failure={look.failure} />}
      {look.value && <Found found={look.value} onAdd={onAdd} />}
    </form>
  )
}

function Found({ found, onAdd }: { found: Discovered; onAdd: (provider: ProviderId) => void }) {
  const { providers, unread, stopped } = found
  const watchable = providers.filter((provider) => provider.watchable)
  const others = providers.filter((provider) => !provider.watchable)
  return (
    <div className="form" role="status">
      {providers.length === 0 && (
        <p>{t`No name of a credential was found. Name a project folder to look there too.`}</p>
      )}
      <FoundProviders providers={watchable} onAdd={onAdd} />
      {others.length > 0 && (
        <details className="more">
          <summary>{t`Found, not watched by this version: ${others.map(({ label }) => label).join(', ')}`}</summary>
          <FoundProviders providers={others} onAdd={onAdd} />
        </details>
      )}
      {(unread.length > 0 || stopped) && (
        <WarningNote title={t`Not everything was looked at`}>
          <ul>
            {unread.map(({ where, why }) => (
              <li key={where}>
                <code>{where}</code>: {why}
              </li>
            ))}
            {stopped && <li>{stopped}</li>}
          </ul>
        </WarningNote>
      )}
    </div>
  )
}

function FoundProviders({
  providers,
  onAdd,
}: {
  providers: Discovered['providers']
  onAdd: (provider: ProviderId) => void
}) {
  if (providers.length === 0) return null
  return (
    <ul className="rows boxed">
      {providers.map((provider) => (
        <FoundProvider key={provider.id} provider={provider} onAdd={onAdd} />
      ))}
    </ul>
  )
}

function FoundProvider({
  provider: { id, label, accounts, key, traces },
  onAdd,
}: {
  provider: Discovered['providers'][number]
  onAdd: (provider: ProviderId) => void
}) {
  const known = providerIds.find((each) => each === id)
  return (
    <li className="row">
      <div className="row-main">
        <div className="row-title row-title-start">
          <strong>{label}</strong>
          {known && accounts > 0 && <Badge tone="good" icon="check">{t`Watched`}</Badge>}
          {known && accounts === 0 && <Badge tone="warning">{t`Not watched yet`}</Badge>}
        </div>
        <ul className="traces small">
          {traces.map(({ kind, name, where, ability }) => (
            <li key={`${where} ${name}`}>
              {kind === 'variable' ? <code>{name}</code> : <span>{name}</span>}
              <span className="quiet">
                {where === 'environment' ? t`in the environment` : where} · {abilityWords[ability]}
              </span>
            </li>
          ))}
        </ul>
        {key && accounts === 0 && <p className="small">{key.help}</p>}
      </div>
      {known && accounts === 0 && <Button onClick={() => onAdd(known)}>{t`Add ${label}`}</Button>}
    </li>
  )
}
