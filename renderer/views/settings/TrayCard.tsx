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
  { value: 'today', label: "Today's spend" },
  { value: 'burn', label: 'Burn per hour' },
  { value: 'budget', label: 'Share of the budget' },
  { value: 'nothing', label: 'Nothing' },
] as const

const smallWindows = [
  { value: 'auto', label: 'Where there is no tray' },
  { value: 'always', label: 'Always' },
  { value: 'never', label: 'Never' },
] as const

/** How the app shows itself on the desktop. Each choice counts at once. */
export function TrayCard() {
  const answer = useCall('settings:get', {})
  const app = useCall('app:get', {}).value
  return (
    <Card title="Tray">
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
          label="Beside the tray icon"
          hint="On macOS in the menu bar, elsewhere when you point at the icon."
          value={value.trayTitle}
          choices={titles}
          onChange={(trayTitle) => void change.run({ trayTitle })}
        />
        <SelectField
          label="Small window with the summary"
          hint="Some Linux desktops show no tray icons."
          value={value.smallWindow}
          choices={smallWindows}
          onChange={(smallWindow) => void change.run({ smallWindow })}
        />
      </div>
      <Switch
        label="Flash until an alert is acknowledged"
        checked={value.trayFlash}
        onChange={(trayFlash) => void change.run({ trayFlash })}
      />
      {app && (
        <>
          <Switch
            label="Start at login, in the tray"
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
