import { t } from '@lingui/core/macro'
import { RadioGroup } from 'radix-ui'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/Field.tsx'
import { Discovery } from '../../components/Discovery.tsx'
import { guessProvider } from '../../../shared/guess-provider.ts'
import { providerIds, type ProviderId } from '../../../shared/providers.ts'
import { providerFacts } from '../../facts.ts'

interface ProviderStepProps {
  provider: ProviderId
  secret: string
  onSecret: (secret: string) => void
  onChoose: (provider: ProviderId) => void
  onNext: () => void
}

export function ProviderStep({ provider, secret, onSecret, onChoose, onNext }: ProviderStepProps) {
  const guessed = guessProvider(secret)
  return (
    <div className="form">
      <div>
        <h2>{t`Whose bill shall we watch?`}</h2>
        <p className="quiet">{t`Start with the one that could hurt most. You can add others afterwards.`}</p>
      </div>
      <TextField
        label={t`Have a key at hand? Paste it here`}
        type="password"
        autoComplete="new-password"
        className="input input-mono"
        hint={t`Whose it is shows in how it begins. It is looked at in this page alone until you add it.`}
        value={secret}
        // The button is below a long list.
        onKeyDown={(event) => {
          if (event.key === 'Enter' && guessed) onNext()
        }}
        onChange={(pasted) => {
          onSecret(pasted)
          const whose = guessProvider(pasted)
          if (whose) onChoose(whose)
        }}
      />
      {secret.trim() !== '' && (
        <p role="status" className={guessed ? undefined : 'quiet'}>
          {guessed
            ? t`This looks like a key of ${providerFacts(guessed).label}.`
            : t`How it begins does not say whose it is. Choose below.`}
        </p>
      )}
      <RadioGroup.Root
        className="choices"
        aria-label={t`Provider`}
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
        <summary>{t`Not sure which ones you use? Look on this computer`}</summary>
        <Discovery
          onAdd={(found) => {
            onChoose(found)
            onNext()
          }}
        />
      </details>
      <div className="buttons buttons-end">
        <Button look="primary" onClick={onNext}>
          {t`Continue with ${providerFacts(provider).label}`}
        </Button>
      </div>
    </div>
  )
}

function needs(id: ProviderId): string {
  return providerFacts(id).key?.name ?? t`Needs no key`
}
