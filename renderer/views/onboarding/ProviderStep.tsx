import { RadioGroup } from 'radix-ui'
import { Button } from '../../components/Button.tsx'
import { Discovery } from '../../components/Discovery.tsx'
import { providerFacts, providerIds, type ProviderId } from '../../../shared/providers.ts'

interface ProviderStepProps {
  provider: ProviderId
  onChoose: (provider: ProviderId) => void
  onNext: () => void
}

export function ProviderStep({ provider, onChoose, onNext }: ProviderStepProps) {
  return (
    <div className="form">
      <div>
        <h2>Whose bill shall we watch?</h2>
        <p className="quiet">Start with the one that could hurt most. You can add others afterwards.</p>
      </div>
      <RadioGroup.Root
        className="choices"
        aria-label="Provider"
        value={provider}
        onValueChange={(value) => {
          const id = providerIds.find((each) => each === value)
          if (id) onChoose(id)
        }}
      >
        {providerIds.map((id) => (
          <RadioGroup.Item
            key={id}
            value={id}
            className="choice"
            aria-label={providerFacts(id).label}
            aria-describedby={`about-${id}`}
          >
            <span className="choice-mark" aria-hidden="true" />
            <strong>{providerFacts(id).label}</strong>
            <span className="quiet small" id={`about-${id}`}>
              {needs(id)}
            </span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      <details className="more">
        <summary>Not sure which ones you use? Look on this computer</summary>
        <Discovery
          onAdd={(found) => {
            onChoose(found)
            onNext()
          }}
        />
      </details>
      <div className="buttons buttons-end">
        <Button look="primary" onClick={onNext}>
          Continue with {providerFacts(provider).label}
        </Button>
      </div>
    </div>
  )
}

function needs(id: ProviderId): string {
  return providerFacts(id).key?.name ?? 'Needs no key'
}
