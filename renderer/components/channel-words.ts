import { t } from '@lingui/core/macro'
import { agoText } from '../words/times.ts'
import type { Channel } from '../../shared/channels.ts'
import { formatMoney } from '../../shared/money.ts'
import { channelFacts } from '../facts.ts'

/** What there is to know of a channel, a few words each: what it is, whom it reaches, how it did, what it cost. */
export function channelFactsText(channel: Channel, nowMs: number, locale?: string): string[] {
  const { kind, label, person, lastDeliveredAt, sentToday, dailyCap, costOfMonth, lastTestedAt, selfTest } = channel
  const facts = channelFacts(kind)
  const ago = (at: string) => agoText(Date.parse(at), nowMs)
  return [
    facts.secret === null ? facts.help.replace(/\.$/, '') : label === facts.label ? null : facts.label,
    person && t`Reaches ${person}`,
    lastDeliveredAt ? t`Last delivery ${ago(lastDeliveredAt)}` : t`Nothing delivered yet`,
    dailyCap === null ? null : t`${sentToday} of ${dailyCap} messages today`,
    costOfMonth.length === 0
      ? null
      : t`${costOfMonth.map((cost) => formatMoney(cost.amount, cost.currency, locale)).join(' + ')} this month`,
    selfTest && lastTestedAt ? t`Tested ${ago(lastTestedAt)}` : null,
  ].filter((fact) => fact !== null)
}
