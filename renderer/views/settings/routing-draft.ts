import { severities, type Severity } from '../../../shared/alerts.ts'
import { typedNumber } from '../../hooks/field-errors.ts'
import type { Channel } from '../../../shared/channels.ts'
import { usualCell, type Cell, type Exception, type Matrix, type Routing } from '../../../shared/routing.ts'
import { channelFacts } from '../../facts.ts'

/** Gravest first: that is what people look for. */
export const severityColumns: readonly Severity[] = [...severities].reverse()

/** A routing while it is changed: what is typed may not be a number yet. */
export interface RoutingDraft {
  matrix: Matrix
  exceptions: readonly Exception[]
  fallbackMinutes: string
  /** Of the routing that is changed: whoever saved another one meanwhile is not undone. */
  revision?: string | undefined
}

export function draftOf({
  matrix,
  exceptions,
  fallbackMinutes,
  revision,
}: Routing & { revision?: string }): RoutingDraft {
  return { matrix, exceptions, fallbackMinutes: String(fallbackMinutes), revision }
}

/** For `routing` to judge. Channels that were removed meanwhile are left out, as the guard leaves them out. */
export function entryOf(draft: RoutingDraft, channels: readonly Pick<Channel, 'id'>[]) {
  const ids = channels.map(({ id }) => id).sort()
  return {
    matrix: ordered(draft.matrix, ids),
    exceptions: draft.exceptions.map(({ id, scope, hours, matrix }) => ({
      id,
      scope,
      hours: hours && { days: hours.days, from: hours.from, to: hours.to },
      matrix: ordered(matrix, ids),
    })),
    fallbackMinutes: typedNumber(draft.fallbackMinutes),
  }
}

/** Whether there is anything to save. */
export function isChanged(draft: RoutingDraft, saved: Routing, channels: readonly Pick<Channel, 'id'>[]): boolean {
  return JSON.stringify(entryOf(draft, channels)) !== JSON.stringify(entryOf(draftOf(saved), channels))
}

/** The same cells always in the same order, so that two drafts can be compared. */
function ordered(matrix: Matrix, ids: readonly string[]): Matrix {
  const rows = ids.flatMap((id): [string, Matrix[string]][] => {
    const row = matrix[id] ?? {}
    const cells = severities.flatMap((each) => (row[each] === undefined ? [] : [[each, row[each]] as const]))
    return cells.length === 0 ? [] : [[id, Object.fromEntries(cells)]]
  })
  return Object.fromEntries(rows)
}

/** With one cell set, or (undefined) left to what counts otherwise. */
export function withCell(matrix: Matrix, id: string, severity: Severity, cell: Cell | undefined): Matrix {
  const { [severity]: _old, ...others } = matrix[id] ?? {}
  return { ...matrix, [id]: cell === undefined ? others : { ...others, [severity]: cell } }
}

/** What a channel does where nobody said otherwise. */
export function usualOf(channel: Pick<Channel, 'kind'>, severity: Severity): Cell {
  return usualCell(channelFacts(channel.kind).costly === true, severity)
}

/** What counts for alerts that no exception matches. */
export function baseCell(matrix: Matrix, channel: Pick<Channel, 'id' | 'kind'>, severity: Severity): Cell {
  return matrix[channel.id]?.[severity] ?? usualOf(channel, severity)
}

/** Moves one exception up (-1) or down (1): the first that matches counts. */
export function moved(exceptions: readonly Exception[], id: string, by: -1 | 1): Exception[] {
  const next = [...exceptions]
  const from = next.findIndex((one) => one.id === id)
  const to = from + by
  const [one, other] = [next[from], next[to]]
  if (one && other) [next[from], next[to]] = [other, one]
  return next
}

export function newExceptionId(exceptions: readonly Exception[]): string {
  const taken = new Set(exceptions.map(({ id }) => id))
  for (let nth = 1; ; nth++) if (!taken.has(`exception-${nth}`)) return `exception-${nth}`
}

/**
 * Severities of which nobody would hear: a guard that is set so must say it. Somebody hears where a channel is told by
 * its time and can be; or where one that is told is gone, and a backup that can be told stands in.
 */
export function unheardSeverities(
  cellFor: (channel: Channel, severity: Severity) => Cell,
  channels: readonly Channel[],
): Severity[] {
  const here = channels.filter(({ state }) => state !== 'absent')
  const canHear = here.filter(({ state }) => state !== 'gone')
  return severityColumns.filter((severity) => {
    const isTold = (channel: Channel) => typeof cellFor(channel, severity) === 'number'
    const isBackup = (channel: Channel) => cellFor(channel, severity) === 'backup'
    return !canHear.some(isTold) && !(here.some(isTold) && canHear.some(isBackup))
  })
}
