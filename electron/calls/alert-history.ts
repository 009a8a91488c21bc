import { alertSearch, type AlertSearchRequest } from '../../shared/alert-search.ts'
import { fail } from '../../shared/failures.ts'
import { parseNanos } from '../../shared/money.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { addDays, startOfLocalDay } from '../../shared/time.ts'
import { unknownAlert, type AlertBook } from '../alerts/alert-book.ts'
import { exportAlerts } from '../alerts/export.ts'
import { fold, type AlertSearch } from '../storage/alert-search.ts'
import type { Handlers } from './handlers.ts'
import { i18n } from '../../shared/words.ts'

/** How many alerts a piece of an export holds: a few milliseconds of work, and a few hundred kilobytes. */
const perPiece = 100

/** Finding, taking out and judging what is kept of alerts. */
export function alertHistoryCalls(parts: {
  book: AlertBook
  now(): number
  zone(): string
  /** Runs it in a transaction, and tells every page. */
  keep(change: () => void): void
}): Pick<Handlers, 'alerts:list' | 'alerts:export' | 'alerts:verdict'> {
  const { book } = parts

  function searchOf(request: AlertSearchRequest): Result<AlertSearch> {
    const { search, since, until, ...rest } = request
    const zone = parts.zone()
    const sinceMs = since === null ? null : startOf(since, zone)
    const untilMs = until === null ? null : isDay(until) ? startOf(addDays(until, 1), zone) : startOf(until, zone)
    if (sinceMs !== null && untilMs !== null && sinceMs >= untilMs)
      return err(fail('invalid-input', i18n.t('The range ends before it begins. Give the earlier day to --since.')))
    const words = (search ?? '').split(/\s+/).filter((word) => word !== '')
    return ok({
      ...rest,
      sinceMs,
      untilMs,
      words: words.map((word) => ({
        word,
        scopes: book.scopesNamed((label) => fold(label).includes(fold(word))),
      })),
    })
  }

  return {
    'alerts:list': (request) => {
      const search = searchOf(request)
      return search.ok ? ok(book.find(search.value)) : search
    },
    'alerts:export': ({ format, since, until, after }) => {
      const search = searchOf(alertSearch.parse({ since, until, after, limit: perPiece }))
      if (!search.ok) return search
      const alerts = book.find(search.value)
      const next = alerts.length < perPiece ? null : (alerts.at(-1)?.id ?? null)
      const text = exportAlerts(alerts, format, { isFirst: after === null, isLast: next === null })
      return ok({ text, rows: alerts.length, next })
    },
    'alerts:verdict': ({ id, verdict, prevented, note, by, via }) => {
      if (!book.row(id)) return err(unknownAlert(id))
      if (prevented !== null && verdict !== 'real')
        return err(fail('invalid-input', i18n.t('Only an alert of a real problem can have prevented spend.')))
      const preventedNanos = prevented === null ? null : parseNanos(prevented)
      parts.keep(() => book.judge({ alertId: id, atMs: parts.now(), verdict, preventedNanos, actor: by, via, note }))
      const judged = book.get(id)
      return judged ? ok(judged) : err(fail('internal', i18n.t('The alert is gone.')))
    },
  }
}

function isDay(text: string): boolean {
  return !text.includes('T')
}

function startOf(text: string, zone: string): number {
  return isDay(text) ? startOfLocalDay(text, zone) : Date.parse(text)
}
