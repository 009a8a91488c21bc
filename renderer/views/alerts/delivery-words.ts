import { t } from '@lingui/core/macro'
import type { Tone } from '../../components/Badge.tsx'
import { clockText, momentText, untilText } from '../../words/times.ts'
import type { Delivery, Via } from '../../../shared/alerts.ts'
import { localDay, secondMs } from '../../../shared/time.ts'

/** Why a channel was told. */
export function tellingText({ because, occasion }: Pick<Delivery, 'because' | 'occasion'>): string {
  if (occasion === 'test') return t`A test`
  if (because === 'escalation') return t`Nobody had acknowledged in time`
  if (because === 'fallback') return t`Another channel did not get through`
  if (occasion === 'fired') return t`As soon as it fired`
  return newsWords[occasion]
}

const newsWords: Record<Exclude<Delivery['occasion'], 'fired' | 'test'>, string> = {
  grew: t`News: it grew`,
  acknowledged: t`News: it was acknowledged`,
  resolved: t`News: it was resolved`,
}

/** How a delivery stands. `accepted` is not `delivered`: whether it arrived is not known yet. */
export function deliveryLook({ state, held, attempts }: Delivery): [Tone, string] {
  switch (state) {
    case 'pending':
      if (held !== null) return ['neutral', t`Waiting`]
      return attempts > 0 ? ['warning', t`Trying again`] : ['neutral', t`Going out`]
    case 'accepted':
      return ['info', t`On its way`]
    case 'delivered':
      return ['good', t`Delivered`]
    case 'failed':
      return ['critical', t`Failed`]
    case 'dropped':
      return ['neutral', t`No longer needed`]
    default:
      return state satisfies never
  }
}

/** Why a message waits, and until when; null when it does not. */
export function waitText(
  { state, held, nextAttemptAt, attempts }: Delivery,
  nowMs: number,
  zone: string,
): string | null {
  if (state !== 'pending' || nextAttemptAt === null) return null
  const atMs = Date.parse(nextAttemptAt)
  if (held === 'quiet') {
    const isToday = localDay(atMs, zone) === localDay(nowMs, zone)
    return t`Held until ${isToday ? clockText(nextAttemptAt, zone) : momentText(nextAttemptAt, zone)} by quiet hours`
  }
  if (held === 'group') {
    const seconds = Math.ceil((atMs - nowMs) / secondMs)
    return seconds > 0 ? t`Waiting ${seconds} s for others to go with` : t`Waiting for others to go with`
  }
  return attempts > 0 && atMs > nowMs ? t`Next try ${untilText(atMs, nowMs)}` : null
}

/** From where somebody changed an alert; empty for the guard itself. */
export const viaWords: Record<Via, string> = {
  guard: '',
  app: t`in the app`,
  dashboard: t`on the dashboard`,
  popover: t`in the popover`,
  tray: t`in the tray`,
  notification: t`in a notification`,
  cli: t`on the command line`,
  link: t`by a link in a message`,
}
