/**
 * Days up to the newest one that has anything. Providers that bill with a delay list the last days before they know
 * anything of them: such a day is unknown, not free. A day without spend before the newest one is what it looks like.
 */
export function upToNewest<Day>(days: readonly Day[], hasAny: (day: Day) => boolean): Day[] {
  return days.slice(0, days.findLastIndex(hasAny) + 1)
}
