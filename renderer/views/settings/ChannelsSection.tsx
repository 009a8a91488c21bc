import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { PeopleCard } from './PeopleCard.tsx'
import { Answered } from '../../components/Answered.tsx'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { ChannelForm } from '../../components/ChannelForm.tsx'
import { ChannelRow } from '../../components/ChannelRow.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useCall } from '../../hooks/use-call.ts'

export function ChannelsSection() {
  const answer = useCall('channels:list', {})
  const [adding, setAdding] = useState(false)
  const close = () => setAdding(false)
  return (
    <div className="stack">
      <Card
        title={t`Channels`}
        flush
        aside={<Button icon="plus" look="primary" onClick={() => setAdding(true)}>{t`Add channel`}</Button>}
      >
        <Answered answer={answer} waiting={<Skeleton size="figure" count={3} />}>
          {(channels) => (
            <ul className="rows">
              {channels.map((channel) => (
                <ChannelRow key={channel.id} channel={channel} />
              ))}
            </ul>
          )}
        </Answered>
      </Card>
      <PeopleCard />
      {adding && (
        <Dialog open title={t`Add a channel`} about={t`A place that alerts go.`} onClose={close}>
          <ChannelForm onAdded={close} onCancel={close} />
        </Dialog>
      )}
    </div>
  )
}
