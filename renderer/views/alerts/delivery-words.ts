import type { Tone } from '../../components/Badge.tsx'
import { clockText, momentText, untilText } from '../../words.ts'
import type { Delivery, Via } from '../../../shared/alerts.ts'
import { localDay, secondMs } from '../../../shared/time.ts'

/** Why a channel was told. */
export function tellingText({ because, occasion }: Pick<Delivery, 'because' | 'occasion'>): string {
  if (occasion === 'test') return 'A test'
  if (because === 'escalation') return 'Nobody had acknowledged in time'
  if (because === 'fallback') return 'Another channel did not get through'
  if (occasion === 'fired') return 'As soon as it fired'
  return `News: ${newsWords[occasion]}`
}

const newsWords: Record<Exclude<Delivery['occasion'], 'fired' | 'test'>, string> = {
  grew: 'it grew',
  acknowledged: 'it was acknowledged',
  resolved: 'it was resolved',
}

/** How a delivery stands. `accepted` is not `delivered`: whether it arrived is not known yet. */
export function deliveryLook({ state, held, attempts }: Delivery): [Tone, string] {
  switch (state) {
    case 'pending':
      if (held !== null) return ['neutral', 'Waiting']
      return attempts > 0 ? ['warning', 'Trying again'] : ['neutral', 'Going out']
    case 'accepted':
      return ['info', 'On its way']
    case 'delivered':
      return ['good', 'Delivered']
    case 'failed':
      return ['critical', 'Failed']
    case 'dropped':
      return ['neutral', 'No longer needed']
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
    return `Held until ${isToday ? clockText(nextAttemptAt, zone) : momentText(nextAttemptAt, zone)} by quiet hours`
  }
  if (held === 'group') {
    const seconds = Math.ceil((atMs - nowMs) / secondMs)
    return seconds > 0 ? `Waiting ${seconds} s for others to go with` : 'Waiting for others to go with'
  }
  return attempts > 0 && atMs > nowMs ? `Next try ${untilText(atMs, nowMs)}` : null
}

/** From where somebody changed an alert; empty for the guard itself. */
export const viaWords: Record<Via, string> = {
  guard: '',
  app: 'in the app',
  dashboard: 'on the dashboard',
  popover: 'in the popover',
  tray: 'in the tray',
  notification: 'in a notification',
  cli: 'on the command line',
  link: 'by a link in a message',
}
