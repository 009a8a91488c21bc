import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { RateForm } from './RateForm.tsx'
import { Answered } from '../../components/Answered.tsx'
import { Badge } from '../../components/Badge.tsx'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailureNote, WarningNote } from '../../components/Notes.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useAction, useCall } from '../../hooks/use-call.ts'
import { rateDay, ratesSourceText, shortRate, type RatesState } from '../../../shared/rate-notes.ts'

/** What currencies are worth: where it is known from, what was set by hand, and what was not believed. */
export function RatesCard() {
  const answer = useCall('rates:get', {})
  const [adding, setAdding] = useState(false)
  const close = () => setAdding(false)
  return (
    <>
      <Card
        title={t`Exchange rates`}
        aside={<Button icon="plus" onClick={() => setAdding(true)}>{t`Set a rate`}</Button>}
      >
        <Answered answer={answer} waiting={<Skeleton size="figure" count={1} />}>
          {(state) => <Known state={state} />}
        </Answered>
      </Card>
      {adding && (
        <Dialog open title={t`Set a rate`} about={t`It goes before what is published, both ways.`} onClose={close}>
          <RateForm onDone={close} onCancel={close} />
        </Dialog>
      )}
    </>
  )
}

function Known({ state }: { state: RatesState }) {
  return (
    <div className="form">
      <p>{ratesSourceText(state)}</p>
      {state.needed && state.failure && <p className="quiet small">{t`Last try: ${state.failure.message}`}</p>}
      {state.held.map((held) => (
        <Held key={held.currency} held={held} />
      ))}
      {state.manual.length > 0 && (
        <ul className="rates-manual">
          {state.manual.map((rate) => (
            <Manual key={`${rate.from} ${rate.to} ${rate.fromDay}`} rate={rate} />
          ))}
        </ul>
      )}
      <details className="more">
        <summary>{t`All rates, for one euro`}</summary>
        <ul className="rates-all">
          {state.rates.map(({ currency, perEuro, day }) => (
            <li key={currency}>
              <span>{currency}</span>
              <span className="number">{shortRate(perEuro)}</span>
              {day !== state.day && <span className="quiet small">{rateDay(day)}</span>}
            </li>
          ))}
        </ul>
      </details>
    </div>
  )
}

function Manual({ rate }: { rate: RatesState['manual'][number] }) {
  const clear = useAction('rates:clear')
  const { from, to, fromDay } = rate
  return (
    <li>
      <p>
        <Trans>
          1 {from} is{' '}
          <span className="number">
            {rate.rate} {to}
          </span>{' '}
          <span className="quiet">{t`from ${rateDay(fromDay)} on`}</span> <Badge tone="neutral">{t`Manual`}</Badge>
        </Trans>
      </p>
      <Button
        aria-label={t`Remove the rate of ${from} and ${to}`}
        busy={clear.busy}
        onClick={() => void clear.run({ from, to, fromDay })}
      >{t`Remove`}</Button>
      {clear.failure && <FailureNote failure={clear.failure} />}
    </li>
  )
}

function Held({ held }: { held: RatesState['held'][number] }) {
  const accept = useAction('rates:accept')
  const { currency, day, perEuro, usedPerEuro } = held
  return (
    <WarningNote title={t`A rate of ${currency} is held back`}>
      <p>
        {usedPerEuro === null
          ? t`${perEuro} for one euro of ${rateDay(day)} is more than a quarter off the last one.`
          : t`${perEuro} for one euro of ${rateDay(day)} is more than a quarter off the last one, ${usedPerEuro}, which stays in use.`}
      </p>
      <div className="buttons">
        <Button busy={accept.busy} onClick={() => void accept.run({ currency })}>{t`It is right, use it`}</Button>
      </div>
      {accept.failure && <FailureNote failure={accept.failure} />}
    </WarningNote>
  )
}
