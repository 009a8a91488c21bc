import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { ExceptionForm } from './ExceptionForm.tsx'
import { Matrix } from './Matrix.tsx'
import { moved, newExceptionId } from './routing-draft.ts'
import { exceptionTitle } from './routing-words.ts'
import { Unheard } from './Unheard.tsx'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Menu } from '../../components/Menu.tsx'
import { Empty } from '../../components/Notes.tsx'
import type { Severity } from '../../../shared/alerts.ts'
import type { Channel } from '../../../shared/channels.ts'
import type { Cell, Exception } from '../../../shared/routing.ts'

interface ExceptionsProps {
  exceptions: readonly Exception[]
  channels: readonly Channel[]
  accounts: readonly { id: string; label: string }[]
  /** What counts where an exception says nothing. */
  base: (channel: Channel, severity: Severity) => Cell
  onChange: (exceptions: readonly Exception[]) => void
}

/** What is different for some alerts, in the order in which they are looked at. */
export function Exceptions({ exceptions, channels, accounts, base, onChange }: ExceptionsProps) {
  const [edited, setEdited] = useState<Exception | 'new' | null>(null)
  const close = () => setEdited(null)
  const replace = (next: Exception) => onChange(exceptions.map((one) => (one.id === next.id ? next : one)))
  return (
    <>
      <Card
        title={t`Exceptions`}
        flush
        aside={<Button icon="plus" onClick={() => setEdited('new')}>{t`Add exception`}</Button>}
      >
        {exceptions.length === 0 ? (
          <Empty
            title={t`No exceptions`}
          >{t`Let the alerts of one client, account or key, or those of the night, go another way.`}</Empty>
        ) : (
          <>
            <p className="quiet small matrix-about">{t`The first that matches an alert counts. What is grey is as for all alerts.`}</p>
            <ol className="rows">
              {exceptions.map((exception, index) => {
                const title = exceptionTitle(exception, accounts)
                return (
                  <li key={exception.id} className="exception" aria-label={title}>
                    <header>
                      <h3>
                        <span className="quiet number">{index + 1}</span> {title}
                      </h3>
                      <Menu
                        label={t`More`}
                        aria-label={t`More for ${title}`}
                        choices={[
                          { label: t`Edit…`, run: () => setEdited(exception) },
                          ...(index === 0
                            ? []
                            : [{ label: t`Move up`, run: () => onChange(moved(exceptions, exception.id, -1)) }]),
                          ...(index === exceptions.length - 1
                            ? []
                            : [{ label: t`Move down`, run: () => onChange(moved(exceptions, exception.id, 1)) }]),
                          { label: t`Remove`, run: () => onChange(exceptions.filter((one) => one !== exception)) },
                        ]}
                      />
                    </header>
                    <Matrix
                      caption={t`Who hears what: ${title}`}
                      channels={channels}
                      matrix={exception.matrix}
                      otherwise={base}
                      inherited={t`As for all alerts`}
                      onChange={(matrix) => replace({ ...exception, matrix })}
                    />
                    <Unheard
                      cellFor={(channel, severity) =>
                        exception.matrix[channel.id]?.[severity] ?? base(channel, severity)
                      }
                      channels={channels}
                    />
                  </li>
                )
              })}
            </ol>
          </>
        )}
      </Card>
      {edited && (
        <Dialog
          open
          title={edited === 'new' ? t`Add an exception` : t`Edit the exception`}
          about={t`The first that matches an alert counts. What it leaves open is as for all alerts.`}
          onClose={close}
        >
          <ExceptionForm
            exception={edited === 'new' ? null : edited}
            accounts={accounts}
            onDone={(when) => {
              if (edited === 'new') onChange([...exceptions, { id: newExceptionId(exceptions), matrix: {}, ...when }])
              else replace({ ...edited, ...when })
              close()
            }}
            onCancel={close}
          />
        </Dialog>
      )}
    </>
  )
}
