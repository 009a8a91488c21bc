import { nanosToDecimal } from '../../shared/money.ts'
import { fail } from '../../shared/failures.ts'
import { pauseEnd } from '../../shared/pause.ts'
import { err, ok } from '../../shared/result.ts'
import type { AlertBook } from '../alerts/alert-book.ts'
import type { Rates } from '../rates/rates.ts'
import type { GuardPause } from '../polling/guard-pause.ts'
import type { Polling } from '../polling/polling.ts'
import { unknownAccount } from './accounts.ts'
import type { Handlers } from './handlers.ts'
import { i18n } from '../../shared/words.ts'

export function pollCalls({
  polling,
  book,
  rates,
  pause,
}: {
  polling: Polling
  book: AlertBook
  rates: Pick<Rates, 'look'>
  pause: Pick<GuardPause, 'state'>
}): Pick<Handlers, 'polls:run'> {
  const text = (nanos: bigint | null) => (nanos === null ? null : nanosToDecimal(nanos))
  return {
    'polls:run': async ({ accountId, untilTold }) => {
      const paused = pause.state()
      if (paused)
        return err(
          fail(
            'paused',
            i18n.t('The guard is paused {end}. Resume it first ("spend-guard resume").', {
              end: pauseEnd(paused),
            }),
          ),
        )
      // First, so that budgets in another currency are judged by today's rates; at most once an hour while that fails.
      await rates.look()
      const run = await polling.run(accountId, untilTold)
      if (accountId !== null && run.outcomes.length === 0) {
        return err(unknownAccount(accountId))
      }
      return ok({
        accounts: run.outcomes.map(({ account, failure, buckets, spared = false }) => ({
          id: account.id,
          provider: account.provider,
          label: account.label,
          ok: failure === null,
          failure,
          buckets,
          spared,
        })),
        findings: run.findings.map((finding) => ({
          rule: finding.rule,
          scope: finding.scope,
          severity: finding.severity,
          summary: finding.summary,
          amount: text(finding.amountNanos),
          limit: text(finding.limitNanos),
          currency: finding.currency,
        })),
        deliveries: run.deliveries.map((delivery) => ({
          alert: delivery.alertId,
          channel:
            book.get(delivery.alertId)?.deliveries.find((one) => one.channelId === delivery.channelId)?.channel ??
            delivery.channelId,
          occasion: delivery.occasion,
          state: delivery.state,
          attempts: delivery.attempts,
          failure: delivery.failure,
        })),
      })
    },
  }
}
