import { secondMs } from '../../shared/time.ts'
import type { DeliveryRow, Occasion } from '../storage/deliveries.ts'

/** Between two edits of older messages, so that they neither meet a rate limit nor hold up what is new. */
const apartMs = secondMs

export interface Telling {
  /** The message that is edited, by its first delivery; null: the newest, or a message of its own. */
  editsId: number | null
  /** So much later than at once. */
  afterMs: number
}

/**
 * What a channel is told of the news of an alert, from what it was told before. Only one that heard it fire is told, and
 * a message that still waits says the newest state itself. Where messages are edited, each that is there must end up
 * true: further thresholds made several of the same alert. Growth is in the newest alone, for the others still fire.
 */
export function tellingsOf(
  mine: readonly DeliveryRow[],
  occasion: Exclude<Occasion, 'fired'>,
  edits: boolean,
): Telling[] {
  const fired = mine.filter((one) => one.occasion === 'fired')
  const posts = edits ? postsOf(fired) : []
  if (posts.length === 0) return mine.some(isWaiting) || !mine.some(wasHeard) ? [] : [{ editsId: null, afterMs: 0 }]
  const newest = fired.findLast((one) => isWaiting(one) || wasHeard(one))
  const [first, ...older] = newest?.receipt === null ? [null, ...posts] : posts
  const says = newest && isWaiting(newest) ? [] : [{ editsId: first ?? null, afterMs: 0 }]
  const behind = occasion === 'grew' ? [] : older.map((editsId, nth) => ({ editsId, afterMs: (nth + 1) * apartMs }))
  const isSaid = ({ editsId }: Telling) => mine.some((one) => one.editsId === editsId && isNews(one) && isWaiting(one))
  return [...says, ...behind].filter((one) => !isSaid(one))
}

/** Messages that can be edited, newest first. */
function postsOf(fired: readonly DeliveryRow[]): number[] {
  const ids = fired.flatMap(({ groupId, receipt }) => (groupId === null || receipt === null ? [] : groupId))
  return [...new Set(ids)].reverse()
}

const isNews = ({ occasion }: DeliveryRow): boolean => occasion !== 'fired'

/** Not tried yet, or tried and surely not arrived. */
function isWaiting(delivery: DeliveryRow): boolean {
  return delivery.state === 'pending' && !delivery.isUnsettled
}

function wasHeard(delivery: DeliveryRow): boolean {
  return delivery.state === 'delivered' || delivery.state === 'accepted' || delivery.isUnsettled
}
