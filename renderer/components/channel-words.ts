import { agoText } from '../words.ts'
import { channelFacts, type Channel } from '../../shared/channels.ts'
import { formatMoney } from '../../shared/money.ts'

/** What there is to know of a channel, a few words each: what it is, whom it reaches, how it did, what it cost. */
export function channelFactsText(channel: Channel, nowMs: number, locale?: string): string[] {
  const { kind, label, person, lastDeliveredAt, sentToday, dailyCap, costOfMonth, lastTestedAt, selfTest } = channel
  const facts = channelFacts(kind)
  const ago = (at: string) => agoText(Date.parse(at), nowMs)
  return [
    facts.secret === null ? facts.help.replace(/\.$/, '') : label === facts.label ? null : facts.label,
    person && `Reaches ${person}`,
    lastDeliveredAt ? `Last delivery ${ago(lastDeliveredAt)}` : 'Nothing delivered yet',
    dailyCap === null ? null : `${sentToday} of ${dailyCap} messages today`,
    costOfMonth.length === 0
      ? null
      : `${costOfMonth.map((cost) => formatMoney(cost.amount, cost.currency, locale)).join(' + ')} this month`,
    selfTest && lastTestedAt ? `Tested ${ago(lastTestedAt)}` : null,
  ].filter((fact) => fact !== null)
}
