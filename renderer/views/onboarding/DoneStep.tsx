import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { hrefOf } from '../../address.ts'
import { Button } from '../../components/Button.tsx'
import { useCall } from '../../hooks/use-call.ts'
import { lagText } from '../../words/times.ts'
import { periodWordsInside, scopeLabel } from '../../words/names.ts'
import { formatMoney } from '../../../shared/money.ts'

/** What happens from now on, by what was really set up. */
export function DoneStep({ onAnother }: { onAnother: () => void }) {
  const accounts = useCall('accounts:list', {}).value ?? []
  const budgets = useCall('budgets:list', {}).value
  const channels = useCall('channels:list', {}).value
  const settings = useCall('settings:get', {}).value
  const reached = channels?.filter(({ state }) => state === 'ok') ?? []
  return (
    <div className="form">
      <h2>{t`You can sleep now`}</h2>
      <p>{t`What happens next, by itself:`}</p>
      <ul className="plain-list">
        {settings && (
          <li>
            {plural(accounts.length, {
              one: `${accounts[0]?.label ?? ''} is read every ${lagText(settings.usageEverySeconds)}, the bill every ${lagText(settings.costsEverySeconds)}, as far as the provider allows.`,
              other: `All # accounts are read every ${lagText(settings.usageEverySeconds)}, the bill every ${lagText(settings.costsEverySeconds)}, as far as the provider allows.`,
            })}{' '}
            {t`Your production traffic is never touched.`}
          </li>
        )}
        {budgets?.map(({ id, limit, currency, period, scope }) => (
          <li key={id}>
            {t`${scopeLabel(scope, accounts)}, ${periodWordsInside[period]}: you hear when it nears ${formatMoney(limit, currency)}, and when it is heading there.`}
          </li>
        ))}
        {budgets?.length === 0 && (
          <li>
            <Trans>
              No budget is set. Fast and unusual spend is told all the same;{' '}
              <a href={hrefOf({ view: 'settings', section: 'budgets' })}>a budget</a> says what is too much.
            </Trans>
          </li>
        )}
        <li>{t`What is usual is learned from the first hour on; what is not is told, and why.`}</li>
        {channels && (
          <li>
            {reached.length > 0 ? (
              <>{t`You are told by: ${reached.map(({ label }) => label).join(', ')}. What you acknowledge goes quiet.`}</>
            ) : (
              <>
                <Trans>
                  Nothing can reach you yet.{' '}
                  <a href={hrefOf({ view: 'settings', section: 'channels' })}>Add a channel</a>; until then alerts are
                  seen here alone.
                </Trans>
              </>
            )}
          </li>
        )}
      </ul>
      <div className="buttons buttons-end">
        <Button onClick={onAnother}>{t`Add another account`}</Button>
        <a className="button button-primary" href="#/">{t`Open the dashboard`}</a>
      </div>
    </div>
  )
}
