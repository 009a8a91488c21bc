import { t } from '@lingui/core/macro'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { SelectField } from '../../components/Field.tsx'
import { Progress } from '../../components/Meter.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { useAction, useCall } from '../../hooks/use-call.ts'
import { useNow } from '../../hooks/use-now.ts'
import { agoText } from '../../words/times.ts'
import type { DesktopApp } from '../../../shared/desktop-app.ts'

const channels = [
  { value: 'stable', label: t`Releases` },
  { value: 'beta', label: t`Also versions before their release` },
  { value: 'off', label: t`Do not look for any` },
] as const

/** Newer versions of the desktop app. In a browser, where there is none, nothing is shown. */
export function UpdatesCard() {
  const app = useCall('app:get', {}).value
  return app ? <Updates app={app} /> : null
}

function Updates({ app }: { app: DesktopApp }) {
  const nowMs = useNow()
  const channel = useCall('settings:get', {}).value?.updates ?? 'stable'
  const change = useAction('settings:change')
  const check = useAction('app:check-for-update')
  const { way, step, share, checkedAt, message } = app.updates
  const version = app.updates.version ?? ''
  const failure = change.failure ?? check.failure
  return (
    <Card title={t`Newer versions`}>
      <div className="form">
        <p role="status">
          {step === 'available' && t`Version ${version} is there. You have ${app.version}.`}
          {step === 'downloaded' && t`Version ${version} is ready to be installed.`}
          {step === 'downloading' && t`Version ${version} is being fetched.`}
          {step === 'checking' && t`Looking for a newer version…`}
          {step === 'failed' && message}
          {step === 'idle' &&
            (message ??
              t`You have ${app.version}${checkedAt ? t`, the newest as of ${agoText(Date.parse(checkedAt), nowMs)}` : ''}.`)}
        </p>
        {step === 'downloading' && <Progress share={share ?? 0} label={t`Download`} />}
        {way === 'tell' && version && (
          <p className="quiet small">{t`Install it as you installed this one: with the package manager of your system.`}</p>
        )}
        {way !== 'none' && (
          <>
            <SelectField
              label={t`Look for`}
              hint={t`Once a day. Nothing is fetched or installed without your yes.`}
              value={channel}
              choices={channels}
              onChange={(updates) => void change.run({ updates })}
            />
            <div className="buttons">
              <NextStep app={app} />
              {(step === 'idle' || step === 'available' || step === 'failed') && (
                <Button busy={check.busy} onClick={() => void check.run({})}>{t`Look now`}</Button>
              )}
            </div>
          </>
        )}
        {failure && <FailureNote failure={failure} />}
      </div>
    </Card>
  )
}

function NextStep({ app }: { app: DesktopApp }) {
  const download = useAction('app:download-update')
  const install = useAction('app:install-update')
  const { way, step, version } = app.updates
  if (way !== 'install' || version === null) return null
  if (step === 'downloaded')
    return (
      <Button look="primary" busy={install.busy} onClick={() => void install.run({})}>{t`Install and restart`}</Button>
    )
  if (step !== 'available' && step !== 'failed') return null
  return (
    <Button look="primary" busy={download.busy} onClick={() => void download.run({})}>
      {t`Fetch version ${version}`}
    </Button>
  )
}
