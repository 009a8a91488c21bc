import { t } from '@lingui/core/macro'
import { Answered } from '../../components/Answered.tsx'
import { Card } from '../../components/Card.tsx'
import { SelectField } from '../../components/Field.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { Switch } from '../../components/Switch.tsx'
import { useAction, useCall } from '../../hooks/use-call.ts'
import type { Reply } from '../../../shared/ipc.ts'
import type { Settings } from '../../../shared/settings.ts'

const titles = [
  { value: 'today', label: t`Today's spend` },
  { value: 'burn', label: t`Burn per hour` },
  { value: 'budget', label: t`Share of the budget` },
  { value: 'nothing', label: t`Nothing` },
] as const

const smallWindows = [
  { value: 'auto', label: t`Where there is no tray` },
  { value: 'always', label: t`Always` },
  { value: 'never', label: t`Never` },
] as const

/** How the app shows itself on the desktop. Each choice counts at once. */
export function TrayCard() {
  const answer = useCall('settings:get', {})
  const app = useCall('app:get', {}).value
  return (
    <Card title={t`Tray`}>
      <Answered answer={answer} waiting={<Skeleton size="figure" count={3} />}>
        {(value) => <TrayChoices value={value} app={app ?? null} />}
      </Answered>
    </Card>
  )
}

function TrayChoices({ value, app }: { value: Settings; app: Reply<'app:get'> }) {
  const change = useAction('settings:change')
  const start = useAction('app:start-at-login')
  const failure = change.failure ?? start.failure
  return (
    <div className="form">
      <div className="form-row">
        <SelectField
          label={t`Beside the tray icon`}
          hint={t`On macOS in the menu bar, elsewhere when you point at the icon.`}
          value={value.trayTitle}
          choices={titles}
          onChange={(trayTitle) => void change.run({ trayTitle })}
        />
        <SelectField
          label={t`Small window with the summary`}
          hint={t`Some Linux desktops show no tray icons.`}
          value={value.smallWindow}
          choices={smallWindows}
          onChange={(smallWindow) => void change.run({ smallWindow })}
        />
      </div>
      <Switch
        label={t`On Windows and Linux, show the figure in the icon while all is calm`}
        checked={value.trayFigure}
        disabled={value.trayTitle === 'nothing'}
        onChange={(trayFigure) => void change.run({ trayFigure })}
      />
      <Switch
        label={t`Flash until an alert is acknowledged`}
        checked={value.trayFlash}
        onChange={(trayFlash) => void change.run({ trayFlash })}
      />
      {app && (
        <>
          <Switch
            label={t`Start at login, in the tray`}
            checked={app.startAtLogin.on}
            disabled={!app.startAtLogin.canChange}
            onChange={(on) => void start.run({ on })}
          />
          {app.startAtLogin.note && <p className="quiet small">{app.startAtLogin.note}</p>}
        </>
      )}
      {failure && <FailureNote failure={failure} />}
    </div>
  )
}
