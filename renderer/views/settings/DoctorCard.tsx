import { t } from '@lingui/core/macro'
import { Badge, type Tone } from '../../components/Badge.tsx'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { useAction } from '../../hooks/use-call.ts'
import type { Reply } from '../../../shared/ipc.ts'
import { checkedText } from './check-words.ts'

const looks: Record<Reply<'doctor:run'>['checks'][number]['state'], [Tone, string]> = {
  ok: ['good', t`Good`],
  warning: ['warning', t`Look at this`],
  failed: ['critical', t`Failed`],
}

/** Keychain, database, clock, network and sources, each with what to do. */
export function DoctorCard() {
  const doctor = useAction('doctor:run')
  return (
    <Card
      title={t`Check this installation`}
      aside={
        <Button busy={doctor.busy} onClick={() => void doctor.run({})}>
          {doctor.busy ? t`Checking…` : t`Run checks`}
        </Button>
      }
    >
      {doctor.failure ? (
        <FailureNote failure={doctor.failure} />
      ) : doctor.value ? (
        <ul className="checks" role="status">
          {doctor.value.checks.map(({ name, state, message }) => (
            <li key={name}>
              <Badge tone={looks[state][0]}>{looks[state][1]}</Badge>
              <span>
                <strong>{checkedText(name)}</strong> {message}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="quiet">{t`Looks at the keychain, the database, the clock, the network and every source, and says what to do.`}</p>
      )}
    </Card>
  )
}
