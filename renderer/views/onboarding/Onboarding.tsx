import { useEffect, useRef, useState } from 'react'
import { BudgetStep } from './BudgetStep.tsx'
import { ChannelStep } from './ChannelStep.tsx'
import { HistoryStep } from './HistoryStep.tsx'
import { KeyStep } from './KeyStep.tsx'
import { ProviderStep } from './ProviderStep.tsx'
import { Steps } from './Steps.tsx'
import { hrefOf } from '../../address.ts'
import { PageHead } from '../../components/PageHead.tsx'
import type { Account } from '../../../shared/accounts.ts'
import type { ProviderId } from '../../../shared/providers.ts'

const names = ['Provider', 'Key', 'History', 'Budget', 'Alerts', 'Done'] as const
type Step = 0 | 1 | 2 | 3 | 4 | 5

/** From nothing to a guard that has told somebody something, in under three minutes. */
export function Onboarding() {
  const [step, setStep] = useState<Step>(0)
  const [provider, setProvider] = useState<ProviderId>('openai')
  const [account, setAccount] = useState<Account | null>(null)
  const panel = useRef<HTMLElement>(null)
  const shown = useRef<Step>(0)

  useEffect(() => {
    // The button that led here is gone; the keyboard goes on where the new step begins.
    if (shown.current !== step) panel.current?.focus()
    shown.current = step
  }, [step])

  return (
    <div className="onboarding">
      <PageHead title="Set up your guard">
        {step === 0 && (
          <a className="quiet-link" href={hrefOf({ view: 'settings', section: 'accounts' })}>
            Skip to settings
          </a>
        )}
      </PageHead>
      <Steps names={names} current={step} />
      <section ref={panel} tabIndex={-1} className="card card-body" aria-label={names[step]}>
        {step === 0 && <ProviderStep provider={provider} onChoose={setProvider} onNext={() => setStep(1)} />}
        {step === 1 && (
          <KeyStep
            provider={provider}
            onBack={() => setStep(0)}
            onAdded={(added) => {
              setAccount(added)
              setStep(2)
            }}
          />
        )}
        {step === 2 && account && <HistoryStep id={account.id} label={account.label} onNext={() => setStep(3)} />}
        {step === 3 && <BudgetStep onNext={() => setStep(4)} />}
        {step === 4 && <ChannelStep onNext={() => setStep(5)} />}
        {step === 5 && <DoneStep onAnother={() => setStep(0)} />}
      </section>
    </div>
  )
}

function DoneStep({ onAnother }: { onAnother: () => void }) {
  return (
    <div className="form">
      <h2>You can sleep now</h2>
      <p>
        The guard reads your account by itself and speaks when spend crosses a limit or turns abnormal. It never touches
        your production traffic.
      </p>
      <div className="buttons buttons-end">
        <button type="button" className="button button-plain" onClick={onAnother}>
          Add another account
        </button>
        <a className="button button-primary" href="#/">
          Open the dashboard
        </a>
      </div>
    </div>
  )
}
