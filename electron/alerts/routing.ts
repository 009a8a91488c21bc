import type { Severity } from '../../shared/alerts.ts'
import { endOfHours } from '../../shared/hours.ts'
import { usualCell, type Cell, type Exception, type Routing } from '../../shared/routing.ts'
import { minuteMs } from '../../shared/time.ts'

/** What routing needs to know of an alert. */
export interface Routed {
  severity: Severity
  /** Every scope it belongs to, such as its account, the account's provider and workspace. */
  places: ReadonlySet<string>
  firedAtMs: number
}

/** Who hears an alert, in which order. */
export interface Ladder {
  /** Earliest first. */
  rungs: { channelId: string; afterMs: number }[]
  /** Who is told when one of them does not get through. */
  backups: string[]
}

export function ladderOf(
  routing: Routing,
  alert: Routed,
  channels: readonly { id: string; isCostly: boolean }[],
  zone: string,
): Ladder {
  const exception = exceptionFor(routing, alert, zone)
  const cells = channels.map(({ id, isCostly }) => ({
    id,
    cell: cellOf(routing, exception, id, isCostly, alert.severity),
  }))
  return {
    rungs: cells
      .flatMap(({ id, cell }) => (typeof cell === 'number' ? [{ channelId: id, afterMs: cell * minuteMs }] : []))
      .sort((a, b) => a.afterMs - b.afterMs),
    backups: cells.filter(({ cell }) => cell === 'backup').map(({ id }) => id),
  }
}

export function cellOf(
  routing: Routing,
  exception: Exception | null,
  channelId: string,
  isCostly: boolean,
  severity: Severity,
): Cell {
  return (
    exception?.matrix[channelId]?.[severity] ?? routing.matrix[channelId]?.[severity] ?? usualCell(isCostly, severity)
  )
}

export function exceptionFor({ exceptions }: Routing, alert: Routed, zone: string): Exception | null {
  return (
    exceptions.find(
      ({ scope, hours }) =>
        (scope === 'all' || alert.places.has(scope)) &&
        (hours === null || endOfHours(hours, alert.firedAtMs, zone) !== null),
    ) ?? null
  )
}
