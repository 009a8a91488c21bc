import { t } from '@lingui/core/macro'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import { useAction } from '../hooks/use-call.ts'
import { momentText } from '../words/times.ts'
import { pauseEnd, type Pause } from '../../shared/pause.ts'

/** On every screen for as long as it lasts: a guard that does not watch must not look like one that sees nothing. */
export function PausedBar({ pause, zone }: { pause: Pause; zone: string }) {
  const resume = useAction('polling:resume')
  return (
    <section className="note note-warning paused-bar" aria-label={t`Paused`}>
      <Icon name="alert" />
      <div className="note-text">
        <strong>{t`Paused ${pauseEnd(pause, (instant) => momentText(instant, zone))}`}</strong>
        <p>{t`Nothing is read, so nothing unusual is noticed.`}</p>
        {resume.failure && <p role="alert">{resume.failure.message}</p>}
      </div>
      <Button busy={resume.busy} onClick={() => void resume.run({})}>{t`Resume`}</Button>
    </section>
  )
}
