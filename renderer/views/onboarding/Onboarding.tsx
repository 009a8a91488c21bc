import { t } from '@lingui/core/macro'
import { useEffect, useRef, useState } from 'react'
import { BudgetStep } from './BudgetStep.tsx'
import { ChannelStep } from './ChannelStep.tsx'
import { DoneStep } from './DoneStep.tsx'
import { HistoryStep } from './HistoryStep.tsx'
import { KeyStep } from './KeyStep.tsx'
import { ProviderStep } from './ProviderStep.tsx'
import { Steps } from './Steps.tsx'
import { hrefOf } from '../../address.ts'
import { PageHead } from '../../components/PageHead.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useAction, useCall } from '../../hooks/use-call.ts'
import type { ProviderId } from '../../../shared/providers.ts'
import type { Settings } from '../../../shared/settings.ts'

const steps = ['provider', 'key', 'history', 'budget', 'alerts', 'done'] as const
const names = [t`Provider`, t`Key`, t`History`, t`Budget`, t`Alerts`, t`Done`]

type SetUp = NonNullable<Settings['setUp']>
/** Up to here there is nothing to come back to: a key is kept once it is added, and nowhere before. */
type Place = { step: 'provider' | 'key' } | SetUp

/** From nothing to a guard that has told somebody something, in under three minutes. */
export function Onboarding() {
  const settings = useCall('settings:get', {}).value
  return (
    <div className="onboarding">
      {settings ? <SetUpSteps kept={settings.setUp} /> : <Skeleton size="figure" count={4} />}
    </div>
  )
}

function SetUpSteps({ kept }: { kept: SetUp | null }) {
  const [place, setPlace] = useState<Place>(kept ?? { step: 'provider' })
  const [provider, setProvider] = useState<ProviderId>('openai')
  const [secret, setSecret] = useState('')
  const change = useAction('settings:change')
  const panel = useRef<HTMLElement>(null)
  const shown = useRef(place.step)
  const index = steps.indexOf(place.step)

  useEffect(() => {
    // The button that led here is gone; the keyboard goes on where the new step begins.
    if (shown.current !== place.step) panel.current?.focus()
    shown.current = place.step
  }, [place.step])

  /** Remembered by the guard, so that whoever closes the page comes back to where they were. */
  const goOn = (next: SetUp) => {
    setSecret('')
    setPlace(next)
    void change.run({ setUp: next.step === 'done' ? null : next })
  }
  const startAnew = () => {
    setSecret('')
    setPlace({ step: 'provider' })
  }

  /** There is nothing to come back to any more: else the dashboard would open on this page for good. */
  const forget = () => {
    startAnew()
    void change.run({ setUp: null })
  }

  return (
    <>
      <PageHead title={t`Set up your guard`}>
        {index < 2 && (
          <a className="quiet-link" href={hrefOf({ view: 'settings', section: 'accounts' })}>{t`Skip to settings`}</a>
        )}
        {index >= 2 && place.step !== 'done' && <a className="quiet-link" href="#/">{t`Go on later`}</a>}
      </PageHead>
      <Steps names={names} current={index} />
      <section ref={panel} tabIndex={-1} className="card card-body" aria-label={names[index]}>
        {place.step === 'provider' && (
          <ProviderStep
            provider={provider}
            secret={secret}
            onChoose={setProvider}
            onSecret={setSecret}
            onNext={() => setPlace({ step: 'key' })}
          />
        )}
        {place.step === 'key' && (
          <KeyStep
            key={provider}
            provider={provider}
            secret={secret}
            onProvider={(other, pasted) => {
              setSecret(pasted)
              setProvider(other)
            }}
            onBack={() => setPlace({ step: 'provider' })}
            onAdded={({ id }) => goOn({ step: 'history', accountId: id })}
          />
        )}
        {place.step === 'history' && (
          <HistoryStep id={place.accountId} onGone={forget} onNext={() => goOn({ ...place, step: 'budget' })} />
        )}
        {place.step === 'budget' && <BudgetStep onNext={() => goOn({ ...place, step: 'alerts' })} />}
        {place.step === 'alerts' && <ChannelStep onNext={() => goOn({ ...place, step: 'done' })} />}
        {place.step === 'done' && <DoneStep onAnother={startAnew} />}
      </section>
    </>
  )
}
