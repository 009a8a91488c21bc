import { z } from 'zod'
import { fail, type Failure } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { floorTo, iso } from '../../../shared/time.ts'
import type { ProviderRequest } from '../../http/provider-http.ts'
import { widths, type ReadContext, type ReadWindow } from '../adapter.ts'
import { followPages, unreadable, type Page } from '../pages.ts'
import { i18n } from '../../../shared/words.ts'

export const monitoringOrigin = 'https://monitoring.googleapis.com'

type Labels = Readonly<Record<string, string>>

/** What was counted in one bucket of time, under one set of labels. */
export interface Counted {
  startMs: number
  metric: Labels
  resource: Labels
  count: string
}

const labels = z
  .record(z.string(), z.unknown())
  .optional()
  .transform((found): Labels => {
    const texts = Object.entries(found ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    return Object.fromEntries(texts)
  })

/** Counts of 64 bits come as text. A point without one that can be read is no zero. */
const count = z
  .object({ int64Value: z.union([z.string(), z.number()]).optional(), doubleValue: z.number().optional() })
  .transform(({ int64Value, doubleValue }) => String(int64Value ?? doubleValue))
  .refine((text) => /^\d+(\.\d+)?$/.test(text), { error: 'not a count' })

/** Cloud Monitoring v3, projects.timeSeries.list; 2026-11-25. Where there is nothing, the list itself is left out. */
const seriesPage = z.object({
  timeSeries: z
    .array(
      z.object({
        metric: z.object({ labels }),
        resource: z.object({ labels }),
        points: z.array(z.object({ interval: z.object({ endTime: z.iso.datetime({ offset: true }) }), value: count })),
      }),
    )
    .optional(),
  nextPageToken: z.string().optional(),
  /** A part of the data could not be looked at. */
  executionErrors: z.array(z.unknown()).optional(),
})
type SeriesPage = z.output<typeof seriesPage>

/** Every count of one metric in a project, in a window, by the window's width. */
export async function readCounts(
  { http, now }: Pick<ReadContext, 'http' | 'now'>,
  project: string,
  filter: string,
  window: ReadWindow,
): Promise<Result<Counted[]>> {
  const widthMs = widths[window.width]
  // Periods are counted back from the end, so it stands on a whole one; what is under way comes with the next read.
  const endMs = floorTo(Math.min(window.toMs, now()), widthMs)
  if (endMs <= window.fromMs) return ok([])
  const first = requestOf(project, filter, window.fromMs, endMs, widthMs)
  const counted = await followPages(http, first, (answer, asked): Result<Page<Counted>> => {
    const parsed = seriesPage.safeParse(answer)
    if (!parsed.success) return err(unreadable(i18n.t('The count of tokens'), parsed.error))
    if (parsed.data.executionErrors?.length)
      return err(fail('truncated', i18n.t('Google could not read all of the counts; nothing of them was stored.')))
    const { nextPageToken: token } = parsed.data
    const query = (asked.query ?? []).filter(([name]) => name !== 'pageToken')
    return ok({
      made: countsOf(parsed.data, project, widthMs),
      next: token ? { ...asked, query: [...query, ['pageToken', token]] } : null,
    })
  })
  // A metric that the project has never had is not there, which is not a missing permission.
  if (!counted.ok && /Cannot find metric/.test(counted.failure.message)) return ok([])
  return counted.ok ? counted : err(inProject(project, counted.failure))
}

/** Which of several projects it is that may not be read. */
function inProject(project: string, failure: Failure): Failure {
  const { kind, message } = failure
  return kind === 'permission-missing' || kind === 'not-found'
    ? { ...failure, message: `Project ${project}: ${message}` }
    : failure
}

function requestOf(project: string, filter: string, fromMs: number, endMs: number, widthMs: number): ProviderRequest {
  return {
    path: `${monitoringOrigin}/v3/projects/${encodeURIComponent(project)}/timeSeries`,
    query: [
      ['filter', filter],
      ['interval.startTime', iso(fromMs)],
      ['interval.endTime', iso(endMs)],
      ['aggregation.alignmentPeriod', `${widthMs / 1_000}s`],
      // They are counts of each moment (DELTA), not running totals.
      ['aggregation.perSeriesAligner', 'ALIGN_SUM'],
      ['view', 'FULL'],
    ],
  }
}

function countsOf({ timeSeries = [] }: SeriesPage, project: string, widthMs: number): Counted[] {
  return timeSeries
    .filter(({ resource }) => isOf(resource.labels['project_id'], project))
    .flatMap(({ metric, resource, points }) =>
      points.map(({ interval, value }) => ({
        // A point stands for the time before its end, and the end belongs to it.
        startMs: floorTo(Date.parse(interval.endTime) - 1, widthMs),
        metric: metric.labels,
        resource: resource.labels,
        count: value,
      })),
    )
}

/** A project may show the counts of others (a metrics scope); those are read where they belong. */
function isOf(owner: string | undefined, project: string): boolean {
  return owner === undefined || owner === project || /^\d+$/.test(owner) || /^\d+$/.test(project)
}
