import { t } from '@lingui/core/macro'
import { Icon } from '../../components/Icon.tsx'

/** Where one is in a row of steps; not a way to jump, because each needs the one before. */
export function Steps({ names, current }: { names: readonly string[]; current: number }) {
  return (
    <ol className="steps" aria-label={t`Steps`}>
      {names.map((name, index) => (
        <li key={name} aria-current={index === current ? 'step' : undefined} data-done={index < current || undefined}>
          <span className="step-mark" aria-hidden="true">
            {index < current ? <Icon name="check" /> : index + 1}
          </span>
          {name}
          {index < current && <span className="unseen">{t`(done)`}</span>}
        </li>
      ))}
    </ol>
  )
}
