import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { Button } from './Button.tsx'
import { Menu } from './Menu.tsx'
import { FailureNote } from './Notes.tsx'
import { SnoozeDialog } from './SnoozeDialog.tsx'
import { snoozeChoices } from '../snooze.ts'
import { useAction } from '../hooks/use-call.ts'
import type { Alert } from '../../shared/alerts.ts'
import { formatMoney } from '../../shared/money.ts'
import { iso } from '../../shared/time.ts'

/** What a person can do about an open alert. Nothing for a resolved one; only the two urgent ones when brief. */
export function AlertActions({ alert, zone, brief = false }: { alert: Alert; zone: string; brief?: boolean }) {
  const acknowledge = useAction('alerts:acknowledge')
  const snooze = useAction('alerts:snooze')
  const resolve = useAction('alerts:resolve')
  const [custom, setCustom] = useState(false)
  if (alert.state === 'resolved') return null
  const here = { id: alert.id, via: brief ? 'popover' : 'dashboard' } as const
  const failure = acknowledge.failure ?? snooze.failure ?? resolve.failure

  const choices = snoozeChoices(alert, Date.now(), zone).map((choice) => ({
    label: choice.label,
    ...(choice.untilAmount ? { hint: formatMoney(choice.untilAmount, alert.currency) } : {}),
    run: () => void snooze.run({ ...here, until: iso(choice.untilMs), untilAmount: choice.untilAmount }),
  }))

  return (
    <div className="alert-actions">
      <div className="buttons">
        {alert.state !== 'acknowledged' && (
          <Button
            look="primary"
            icon="check"
            busy={acknowledge.busy}
            onClick={() => void acknowledge.run(here)}
          >{t`Acknowledge`}</Button>
        )}
        <Menu
          label={t`Snooze`}
          icon="clock"
          busy={snooze.busy}
          choices={[...choices, { label: t`Custom…`, run: () => setCustom(true) }]}
        />
        {!brief && <Button busy={resolve.busy} onClick={() => void resolve.run(here)}>{t`Resolve`}</Button>}
      </div>
      {failure && <FailureNote failure={failure} />}
      {custom && <SnoozeDialog alert={alert} onClose={() => setCustom(false)} />}
    </div>
  )
}
