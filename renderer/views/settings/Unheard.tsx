import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { unheardSeverities } from './routing-draft.ts'
import { hrefOf } from '../../address.ts'
import { WarningNote } from '../../components/Notes.tsx'
import type { Severity } from '../../../shared/alerts.ts'
import type { Channel } from '../../../shared/channels.ts'
import type { Cell } from '../../../shared/routing.ts'
import { listInWords } from '../../../shared/words.ts'

interface UnheardProps {
  cellFor: (channel: Channel, severity: Severity) => Cell
  channels: readonly Channel[]
}

/** A guard that tells nobody says so. */
export function Unheard({ cellFor, channels }: UnheardProps) {
  const unheard = unheardSeverities(cellFor, channels)
  if (unheard.length === 0) return null
  return (
    <div className="card-body">
      <WarningNote title={t`Nobody hears ${listInWords(unheard.map(alertsOf))}`}>
        {channels.some(({ state }) => state !== 'gone' && state !== 'absent') ? (
          <p>{t`They only show on the page of alerts. Let a channel that works hear of them by itself.`}</p>
        ) : (
          <p>
            <Trans>
              No channel works here. <a href={hrefOf({ view: 'settings', section: 'channels' })}>Add one</a>.
            </Trans>
          </p>
        )}
      </WarningNote>
    </div>
  )
}

function alertsOf(severity: Severity): string {
  return { critical: t`critical alerts`, warning: t`warnings`, info: t`info alerts` }[severity]
}
