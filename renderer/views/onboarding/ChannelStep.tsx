import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { Answered } from '../../components/Answered.tsx'
import { Button } from '../../components/Button.tsx'
import { ChannelForm } from '../../components/ChannelForm.tsx'
import { ChannelRow } from '../../components/ChannelRow.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useCall } from '../../hooks/use-call.ts'

export function ChannelStep({ onNext }: { onNext: () => void }) {
  const answer = useCall('channels:list', {})
  const [adding, setAdding] = useState(false)
  return (
    <div className="form">
      <div>
        <h2>{t`Where shall we reach you?`}</h2>
        <p className="quiet">{t`Send yourself a test, so that the first real alert is not the first one you see.`}</p>
      </div>
      <div className="boxed">
        <Answered answer={answer} waiting={<Skeleton size="figure" count={2} />}>
          {(channels) => (
            <ul className="rows">
              {channels.map((channel) => (
                <ChannelRow key={channel.id} channel={channel} isManaged={false} />
              ))}
            </ul>
          )}
        </Answered>
      </div>
      {adding ? (
        <div className="boxed card-body">
          <ChannelForm onAdded={() => setAdding(false)} onCancel={() => setAdding(false)} />
        </div>
      ) : (
        <div>
          <Button icon="plus" onClick={() => setAdding(true)}>{t`Add a channel`}</Button>
        </div>
      )}
      <div className="buttons buttons-end">
        <Button look={adding ? 'plain' : 'primary'} onClick={onNext}>{t`Finish`}</Button>
      </div>
    </div>
  )
}
