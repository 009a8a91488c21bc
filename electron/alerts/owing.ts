import type { DeliveryRow, OwedBecause } from '../storage/deliveries.ts'
import type { Ladder } from './routing.ts'

interface Look {
  ladder: Ladder
  /** What was owed of this firing so far. */
  owed: readonly Pick<DeliveryRow, 'channelId' | 'state' | 'owedAtMs' | 'held'>[]
  /** Channels that can be told something now. */
  reachable: ReadonlySet<string>
  /** Channels that should be reachable and are not: the other side removed them. */
  gone: ReadonlySet<string>
  firedAtMs: number
  nowMs: number
  /** A channel that has not delivered for so long does not get through. */
  fallbackMs: number
}

interface Owing {
  owe: { channelId: string; because: OwedBecause }[]
  /** When to look again; Infinity when nothing changes by time alone. */
  nextAtMs: number
}

/**
 * Who is to be told of an alert that fires and that nobody has acknowledged: whoever's time has come, and, where one of
 * them does not get through, the next one. It depends on what is stored and on the time alone, so a restart in the
 * middle of an escalation changes nothing.
 */
export function whoIsOwed(look: Look): Owing {
  const { ladder, nowMs } = look
  const may = (id: string) => look.reachable.has(id) || look.gone.has(id)
  const rungs = ladder.rungs.filter(({ channelId }) => may(channelId))
  const elapsedMs = nowMs - look.firedAtMs
  const isDue = ({ afterMs }: { afterMs: number }) => afterMs <= elapsedMs
  const told = new Map<string, OwedBecause>()
  for (const { channelId, afterMs } of rungs.filter(isDue)) told.set(channelId, afterMs === 0 ? 'route' : 'escalation')

  // Whoever stands in is told at once; where that one does not get through either, the one after it.
  const steps = [ladder.backups.filter(may), ...stepsOf(rungs.filter((rung) => !isDue(rung)))]
  const standIns = steps.filter((step) => step.length > 0)
  let newest = [...told.keys()]
  while (newest.some((id) => isStuck(id, look))) {
    const next = standIns.shift()
    if (!next) break
    newest = next.filter((id) => !told.has(id))
    for (const id of newest) told.set(id, 'fallback')
  }

  const has = new Set(look.owed.map(({ channelId }) => channelId))
  const owe = [...told]
    .filter(([channelId]) => look.reachable.has(channelId) && !has.has(channelId))
    .map(([channelId, because]) => ({ channelId, because }))
  const nextRung = rungs.find((rung) => !isDue(rung))
  const waitsSinceMs = [...look.owed.filter(isOpen).map(({ owedAtMs }) => owedAtMs), ...owe.map(() => nowMs)]
  const deadlines = standIns.length === 0 ? [] : waitsSinceMs.map((sinceMs) => sinceMs + look.fallbackMs)
  return {
    owe,
    nextAtMs: Math.min(
      nextRung ? look.firedAtMs + nextRung.afterMs : Infinity,
      ...deadlines.filter((deadlineMs) => deadlineMs > nowMs),
    ),
  }
}

/** Channels with the same time are one step. */
function stepsOf(rungs: Ladder['rungs']): string[][] {
  return [...Map.groupBy(rungs, ({ afterMs }) => afterMs).values()].map((step) => step.map((rung) => rung.channelId))
}

function isStuck(channelId: string, { owed, gone, nowMs, fallbackMs }: Look): boolean {
  if (gone.has(channelId)) return true
  const mine = owed.find((delivery) => delivery.channelId === channelId)
  if (!mine) return false
  return mine.state === 'failed' || (isOpen(mine) && nowMs - mine.owedAtMs >= fallbackMs)
}

/** Not there yet, and not because it was held back on purpose. */
function isOpen({ state, held }: Look['owed'][number]): boolean {
  return (state === 'pending' && held === null) || state === 'accepted'
}
