import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { Badge, type Tone } from './Badge.tsx'
import { Button } from './Button.tsx'
import { channelFactsText } from './channel-words.ts'
import { ChannelEdit } from './ChannelEdit.tsx'
import { Confirm } from './Dialog.tsx'
import { Menu } from './Menu.tsx'
import { FailureNote } from './Notes.tsx'
import { Switch } from './Switch.tsx'
import { TestNote } from './TestNote.tsx'
import { useAction } from '../hooks/use-call.ts'
import { useNow } from '../hooks/use-now.ts'
import type { Channel } from '../../shared/channels.ts'
import { channelFacts, failureTitles } from '../facts.ts'

const looks: Record<Channel['state'], [Tone, string]> = {
  ok: ['good', t`Ready`],
  failing: ['warning', t`Failing`],
  capped: ['warning', t`Capped`],
  gone: ['critical', t`Gone`],
  absent: ['neutral', t`Not here`],
}

/** One channel: how it does, and (unless it is only shown) what can be done with it. */
export function ChannelRow({ channel, isManaged = true }: { channel: Channel; isManaged?: boolean }) {
  const nowMs = useNow()
  const test = useAction('channels:test')
  const change = useAction('channels:change')
  const remove = useAction('channels:remove')
  const [asked, setAsked] = useState<'edit' | 'remove' | null>(null)
  const close = () => setAsked(null)
  const { id, label, selfTest, lastFailure } = channel
  const [tone, word] = looks[channel.state]
  const isTested = test.value !== undefined || test.failure !== null
  return (
    <li className="row">
      <div className="row-main">
        <div className="row-title row-title-start">
          <strong className="cut">{label}</strong>
          <Badge tone={tone}>{word}</Badge>
        </div>
        <p className="quiet small">{channelFactsText(channel, nowMs).join(' · ')}</p>
        {lastFailure && !isTested && (
          <p className="small">
            <span className="failed-text">{failureTitles[lastFailure.kind]}.</span> {lastFailure.message}
          </p>
        )}
      </div>
      <div className="buttons">
        {isManaged && (
          <Switch
            label={t`Weekly test`}
            name={t`Weekly test of ${label}`}
            checked={change.busy ? !selfTest : selfTest}
            disabled={change.busy}
            onChange={(next) => void change.run({ id, selfTest: next })}
          />
        )}
        <Button
          icon="send"
          busy={test.busy}
          aria-label={t`Send test to ${label}`}
          onClick={() => void test.run({ id })}
        >{t`Send test`}</Button>
        {isManaged && (
          <Menu
            label={t`More`}
            aria-label={t`More for ${label}`}
            choices={[
              { label: t`Edit…`, run: () => setAsked('edit') },
              ...(channelFacts(channel.kind).secret === null
                ? []
                : [{ label: t`Remove…`, run: () => setAsked('remove') }]),
            ]}
          />
        )}
      </div>
      {(isTested || change.failure) && (
        <div className="row-notes">
          {isTested && <TestNote outcome={test.value} failure={test.failure} />}
          {change.failure && <FailureNote failure={change.failure} />}
        </div>
      )}
      {asked === 'edit' && <ChannelEdit channel={channel} onClose={close} />}
      <Confirm
        open={asked === 'remove'}
        title={t`Remove ${label}?`}
        about={t`Alerts are no longer sent there, and its secret is forgotten.`}
        confirm={t`Remove channel`}
        busy={remove.busy}
        failure={remove.failure}
        onConfirm={() => void remove.run({ id }).then((result) => result.ok && close())}
        onClose={close}
      />
    </li>
  )
}
