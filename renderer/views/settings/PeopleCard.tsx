import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { quietText } from './people-words.ts'
import { PersonForm } from './PersonForm.tsx'
import { Answered } from '../../components/Answered.tsx'
import { Badge } from '../../components/Badge.tsx'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { Confirm, Dialog } from '../../components/Dialog.tsx'
import { Empty } from '../../components/Notes.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useAction, useCall } from '../../hooks/use-call.ts'
import type { Channel } from '../../../shared/channels.ts'
import type { Person } from '../../../shared/people.ts'
import { listInWords } from '../../../shared/words.ts'

/** Whom channels reach, and when they would rather not be reached. */
export function PeopleCard() {
  const answer = useCall('people:list', {})
  const channels = useCall('channels:list', {}).value
  const [edited, setEdited] = useState<Person | 'new' | null>(null)
  const close = () => setEdited(null)
  return (
    <>
      <Card
        title={t`People`}
        flush
        aside={<Button icon="plus" onClick={() => setEdited('new')}>{t`Add person`}</Button>}
      >
        <Answered answer={answer} waiting={<Skeleton size="figure" count={1} />}>
          {(people) =>
            people.length === 0 ? (
              <Empty
                title={t`Nobody yet`}
              >{t`People have quiet hours. Say whom a channel reaches, and what can wait waits until they are over.`}</Empty>
            ) : (
              <ul className="rows">
                {people.map((person) => (
                  <PersonRow
                    key={person.name}
                    person={person}
                    channels={channels?.filter((channel) => channel.person === person.name)}
                    onEdit={() => setEdited(person)}
                  />
                ))}
              </ul>
            )
          }
        </Answered>
      </Card>
      {edited && (
        <Dialog
          open
          title={edited === 'new' ? t`Add a person` : t`Edit ${edited.name}`}
          about={t`What can wait is held back in their quiet hours and comes together afterwards.`}
          onClose={close}
        >
          <PersonForm
            person={edited === 'new' ? null : edited}
            taken={answer.value?.map(({ name }) => name) ?? []}
            onDone={close}
            onCancel={close}
          />
        </Dialog>
      )}
    </>
  )
}

interface PersonRowProps {
  person: Person
  /** Those that reach this person; undefined while that is not known. */
  channels: readonly Channel[] | undefined
  onEdit: () => void
}

function PersonRow({ person, channels, onEdit }: PersonRowProps) {
  const remove = useAction('people:remove')
  const [asked, setAsked] = useState(false)
  const close = () => {
    setAsked(false)
    remove.reset()
  }
  return (
    <li className="row">
      <div className="row-main">
        <div className="row-title row-title-start">
          <strong className="cut">{person.name}</strong>
          {channels?.length === 0 && <Badge tone="warning">{t`No channel`}</Badge>}
        </div>
        <p className="quiet small">{quietText(person)}</p>
        {channels && (
          <p className="quiet small">
            {channels.length === 0
              ? t`Nothing reaches them. Edit a channel to say that it does.`
              : t`Reached by ${listInWords(channels.map(({ label }) => label))}`}
          </p>
        )}
      </div>
      <div className="buttons">
        <Button aria-label={t`Edit ${person.name}`} onClick={onEdit}>{t`Edit`}</Button>
        <Button aria-label={t`Remove ${person.name}`} onClick={() => setAsked(true)}>{t`Remove`}</Button>
      </div>
      <Confirm
        open={asked}
        title={t`Remove ${person.name}?`}
        about={t`Their quiet hours are forgotten. No channel is removed.`}
        confirm={t`Remove person`}
        busy={remove.busy}
        failure={remove.failure}
        onConfirm={() => void remove.run({ name: person.name }).then((result) => result.ok && close())}
        onClose={close}
      />
    </li>
  )
}
