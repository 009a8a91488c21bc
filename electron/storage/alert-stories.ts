import type { AlertStory, StoryDelivery } from '../metrics/story.ts'
import type { Db } from './database.ts'

/**
 * Alerts with all that happened to them. They are read again only when something happened: Prometheus asks every minute,
 * and years of alerts take half a second.
 */
export function createAlertStories(db: Db) {
  const alerts = db.prepare(`SELECT id, rule, severity, scope, opened_at_ms AS openedAtMs,
    json_extract(detail, '$.currency') AS currency, COALESCE(began_at_ms,
      (SELECT json_extract(saw, '$.sinceMs') FROM alert_changes
        WHERE alert_id = alerts.id AND state = 'firing' ORDER BY alert_changes.rowid LIMIT 1),
      json_extract(detail, '$.sinceMs')) AS sinceMs
    FROM alerts ORDER BY opened_at_ms, rowid`)
  const changes = db.prepare(`SELECT alert_id AS alertId, at_ms AS atMs, state, actor = 'guard' AS isByGuard
    FROM alert_changes ORDER BY rowid`)
  const deliveries = db.prepare(`SELECT alert_id AS alertId, channel_id AS channelId, occasion, state, held,
    owed_at_ms AS owedAtMs, delivered_at_ms AS deliveredAtMs, COALESCE(group_id, id) AS messageId FROM deliveries ORDER BY id`)
  const verdicts = db.prepare(`SELECT alert_id AS alertId, verdict, CAST(prevented_nanos AS TEXT) AS preventedNanos,
    at_ms AS atMs FROM alert_verdicts ORDER BY rowid`)
  // Rows are only added, but for deliveries, which are open until they are settled.
  const happened = db
    .prepare(`SELECT (SELECT MAX(rowid) FROM alert_changes) || ' ' || (SELECT COALESCE(MAX(rowid), 0) FROM alert_verdicts)
      || ' ' || (SELECT COALESCE(MAX(rowid), 0) FROM delivery_attempts) || ' ' || (SELECT COALESCE(MAX(id), 0) FROM deliveries)
      || ' ' || (SELECT COUNT(*) FROM deliveries WHERE state IN ('pending', 'accepted'))`)
    .pluck()
  const began = db.prepare('UPDATE alerts SET began_at_ms = ? WHERE id = ? AND began_at_ms IS NULL')
  let read: { at: unknown; stories: readonly AlertStory[] } = { at: null, stories: [] }

  function readAll(): AlertStory[] {
    const by = <T extends { alertId: string }>(rows: unknown[]) => Map.groupBy(rows as T[], ({ alertId }) => alertId)
    const changesOf = by<ChangeRow>(changes.all())
    const deliveriesOf = by<StoryDelivery & { alertId: string }>(deliveries.all())
    const verdictsOf = by<VerdictRow>(verdicts.all())
    return (alerts.all() as Omit<AlertStory, 'changes' | 'deliveries' | 'verdict'>[]).map((alert) => ({
      ...alert,
      changes: (changesOf.get(alert.id) ?? []).map(({ atMs, state, isByGuard }) => ({
        atMs,
        state,
        isByGuard: isByGuard === 1,
      })),
      deliveries: deliveriesOf.get(alert.id) ?? [],
      verdict: verdictOf(verdictsOf.get(alert.id) ?? []),
    }))
  }

  return {
    /** When its spend began, better than the rule knows; what was noted first stays. */
    noteBegan: (id: string, beganAtMs: number) => void began.run(beganAtMs, id),
    /** Those that opened since then, oldest first. */
    since(fromMs: number): AlertStory[] {
      const at = happened.get()
      if (read.at === null || read.at !== at) read = { at, stories: readAll() }
      return read.stories.filter(({ openedAtMs }) => openedAtMs >= fromMs)
    },
  }
}

function verdictOf(judged: readonly VerdictRow[]): AlertStory['verdict'] {
  const [first, last] = [judged[0], judged.at(-1)]
  if (!first || !last) return null
  const preventedNanos = last.preventedNanos === null ? null : BigInt(last.preventedNanos)
  return { verdict: last.verdict, preventedNanos, firstAtMs: first.atMs }
}

type ChangeRow = Omit<AlertStory['changes'][number], 'isByGuard'> & {
  alertId: string
  isByGuard: number
}
type VerdictRow = Pick<NonNullable<AlertStory['verdict']>, 'verdict'> & {
  alertId: string
  preventedNanos: string | null
  atMs: number
}
