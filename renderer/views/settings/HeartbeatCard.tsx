import { t } from '@lingui/core/macro'
import { z } from 'zod'
import { Answered } from '../../components/Answered.tsx'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { TextField } from '../../components/Field.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useAction, useCall } from '../../hooks/use-call.ts'
import { useForm } from '../../hooks/use-form.ts'
import { useNow } from '../../hooks/use-now.ts'
import { agoText } from '../../words/times.ts'
import type { Reply } from '../../../shared/ipc.ts'

/** So that somebody notices when the guard itself is dead: it cannot say so. */
export function HeartbeatCard() {
  const answer = useCall('heartbeat:get', {})
  return (
    <Card title={t`Heartbeat`}>
      <Answered answer={answer} waiting={<Skeleton size="figure" count={1} />}>
        {(state) => (state.on ? <Beating state={state} /> : <HeartbeatForm />)}
      </Answered>
    </Card>
  )
}

function Beating({ state }: { state: Reply<'heartbeat:get'> }) {
  const remove = useAction('heartbeat:remove')
  const nowMs = useNow()
  const last = state.lastAt ? t`last ${agoText(Date.parse(state.lastAt), nowMs)}` : t`not yet since the start`
  return (
    <div className="form">
      {state.failure ? (
        <FailureNote failure={state.failure} />
      ) : (
        <p>{t`${state.host ?? t`Your address`} is called every five minutes; ${last}.`}</p>
      )}
      {remove.failure && <FailureNote failure={remove.failure} />}
      <div className="buttons buttons-end">
        <Button busy={remove.busy} onClick={() => void remove.run({})}>{t`Turn off`}</Button>
      </div>
    </div>
  )
}

const entry = z.object({ secret: z.url({ error: t`Paste the whole address, beginning with https://.` }) })

function HeartbeatForm() {
  const set = useAction('heartbeat:set')
  const form = useForm({
    initial: { secret: '' },
    schema: entry,
    toEntry: ({ secret }) => ({ secret: secret.trim() }),
    send: (value) => set.run(value),
    onDone: () => form.replace({ secret: '' }),
  })
  return (
    <form className="form" onSubmit={form.submit} noValidate>
      <p className="quiet">{t`A dead guard cannot say that it is dead. A service such as Healthchecks can: it expects a call every five minutes and tells you when none comes.`}</p>
      <TextField
        label={t`Address to call`}
        placeholder="https://hc-ping.com/…"
        autoComplete="off"
        hint={t`Kept in the keychain; called once now to try it.`}
        value={form.values.secret}
        error={form.errors['secret']}
        onChange={(value) => form.set('secret', value)}
      />
      {form.failure && <FailureNote failure={form.failure} />}
      <div className="buttons buttons-end">
        <Button look="primary" type="submit" busy={form.busy}>{t`Turn on`}</Button>
      </div>
    </form>
  )
}
