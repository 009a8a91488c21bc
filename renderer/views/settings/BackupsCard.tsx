import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { Answered } from '../../components/Answered.tsx'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { Confirm } from '../../components/Dialog.tsx'
import { Empty, FailureNote, GoodNote } from '../../components/Notes.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useAction, type Answer } from '../../hooks/use-call.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useZone } from '../../hooks/use-zone.ts'
import { agoText, momentText } from '../../words/times.ts'
import { bytesText } from '../../words/figures.ts'
import type { Backup, DataState } from '../../../shared/data.ts'

export function BackupsCard({ answer }: { answer: Answer<DataState> }) {
  const backUp = useAction('data:back-up')
  const restore = useAction('data:restore')
  const [asked, setAsked] = useState<Backup | null>(null)
  const nowMs = useNow()
  const zone = useZone()
  return (
    <Card
      title={t`Backups`}
      flush
      aside={
        <Button busy={backUp.busy} onClick={() => void backUp.run({})}>
          {backUp.busy ? t`One moment…` : t`Back up now`}
        </Button>
      }
    >
      {(backUp.failure ?? restore.value) && (
        <div className="card-body">
          {backUp.failure && <FailureNote failure={backUp.failure} />}
          {restore.value && (
            <GoodNote title={t`Restored`}>
              <p>{t`What was there before is the newest backup. Newer spend is being read again from the providers.`}</p>
            </GoodNote>
          )}
        </div>
      )}
      <Answered answer={answer} waiting={<Skeleton size="figure" count={2} />}>
        {({ backups }) =>
          backups.length === 0 ? (
            <Empty
              title={t`No backup yet`}
            >{t`One is made each day, and soon after an account, budget or channel is added.`}</Empty>
          ) : (
            <ul className="rows" aria-label={t`Backups, newest first`}>
              {backups.map((backup) => (
                <li className="row" key={backup.name}>
                  <div className="row-main">
                    <strong>{momentText(backup.at, zone)}</strong>
                    <p className="quiet small">
                      {agoText(Date.parse(backup.at), nowMs)} · {bytesText(backup.bytes)}
                    </p>
                  </div>
                  <div className="buttons">
                    <Button
                      aria-label={t`Restore the backup of ${momentText(backup.at, zone)}`}
                      onClick={() => {
                        restore.reset()
                        setAsked(backup)
                      }}
                    >{t`Restore…`}</Button>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
      <Confirm
        open={asked !== null}
        title={t`Restore the backup of ${asked ? momentText(asked.at, zone) : ''}?`}
        about={
          <ul className="plain-list">
            <li>{t`Accounts, budgets, channels, routes, alerts and history become what they were then.`}</li>
            <li>{t`What is there now is kept as a backup, so that you can come back to it.`}</li>
            <li>{t`Newer spend is read again from the providers. Settings and keys stay as they are.`}</li>
            <li>{t`An account that was removed since is there again, without its key: it asks for one.`}</li>
          </ul>
        }
        confirm={restore.busy ? t`Restoring…` : t`Restore`}
        busy={restore.busy}
        failure={restore.failure}
        onConfirm={() =>
          void (asked && restore.run({ name: asked.name }).then((result) => result.ok && setAsked(null)))
        }
        onClose={() => setAsked(null)}
      />
    </Card>
  )
}
