import { useState } from 'react'
import { Badge, type Tone } from './Badge.tsx'
import { Button } from './Button.tsx'
import { Confirm } from './Dialog.tsx'
import { FailureNote, GoodNote } from './Notes.tsx'
import { useAction } from '../hooks/use-call.ts'
import { useNow } from '../hooks/use-now.ts'
import { agoText } from '../words.ts'
import { channelFacts, type Channel } from '../../shared/channels.ts'
import { failureTitles } from '../../shared/failures.ts'

const looks: Record<Channel['state'], [Tone, string]> = {
  ok: ['good', 'Ready'],
  failing: ['warning', 'Failing'],
  gone: ['critical', 'Gone'],
  absent: ['neutral', 'Not here'],
}

export function ChannelRow({ channel, removable = true }: { channel: Channel; removable?: boolean }) {
  const nowMs = useNow()
  const test = useAction('channels:test')
  const remove = useAction('channels:remove')
  const [asked, setAsked] = useState(false)
  const facts = channelFacts(channel.kind)
  const [tone, word] = looks[channel.state]
  const failure = test.failure ?? test.value?.failure ?? null
  return (
    <li className="row">
      <div className="row-main">
        <div className="row-title row-title-start">
          <strong className="cut">{channel.label}</strong>
          <Badge tone={tone}>{word}</Badge>
        </div>
        <p className="quiet small">
          {channel.label === facts.label && facts.secret === null ? facts.help : `${facts.label}.`}
          {channel.lastDeliveredAt
            ? ` Last delivery ${agoText(Date.parse(channel.lastDeliveredAt), nowMs)}.`
            : ' Nothing delivered yet.'}
        </p>
        {channel.lastFailure && !test.value && !test.failure && (
          <p className="small">
            <span className="failed-text">{failureTitles[channel.lastFailure.kind]}.</span>{' '}
            {channel.lastFailure.message}
          </p>
        )}
      </div>
      <div className="buttons">
        <Button
          icon="send"
          busy={test.busy}
          aria-label={`Send test to ${channel.label}`}
          onClick={() => void test.run({ id: channel.id })}
        >
          Send test
        </Button>
        {removable && facts.secret !== null && (
          <Button aria-label={`Remove ${channel.label}`} onClick={() => setAsked(true)}>
            Remove
          </Button>
        )}
      </div>
      {(test.value?.delivered || failure) && (
        <div className="row-notes">
          {failure ? <FailureNote failure={failure} /> : <GoodNote title="The test was delivered" />}
        </div>
      )}
      <Confirm
        open={asked}
        title={`Remove ${channel.label}?`}
        about="Alerts are no longer sent there, and its secret is forgotten."
        confirm="Remove channel"
        busy={remove.busy}
        failure={remove.failure}
        onConfirm={() => void remove.run({ id: channel.id }).then((result) => result.ok && setAsked(false))}
        onClose={() => setAsked(false)}
      />
    </li>
  )
}
