import { z } from 'zod'
import { andAgain, fail } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { createBreather } from '../../breather.ts'
import { decimalText } from '../../http/json-schema.ts'
import type { ProviderHttp, Query } from '../../http/provider-http.ts'
import { followPages, unreadable, type Page } from '../pages.ts'
import type { Settings } from './options.ts'
import { i18n } from '../../../shared/words.ts'

export const bigQueryOrigin = 'https://bigquery.googleapis.com'

/** How long BigQuery keeps a request open for a query to end; the HTTP client waits a little longer. */
const waitMs = 20_000
const mostWaits = 15
const rowsAPage = 10_000

const cell = z.object({ v: z.string().nullish() })
const row = z.object({ f: z.array(cell) })

/** What a query answers, and each later look at it. Every cell is text. BigQuery v2, jobs.query, 2026-11-25. */
const answer = z.object({
  jobComplete: z.boolean(),
  jobReference: z.object({ jobId: z.string().min(1) }).optional(),
  schema: z.object({ fields: z.array(z.object({ name: z.string() })) }).optional(),
  rows: z.array(row).optional(),
  totalRows: decimalText.optional(),
  pageToken: z.string().optional(),
})
type Answer = z.output<typeof answer>

export interface Question {
  sql: string
  /** Text that travels beside the query, never in it. */
  parameters: Readonly<Record<string, string>>
}

/** All rows of a query, or a failure: a page that is missing makes the whole of it fail. */
export async function runQuery<T>(
  http: ProviderHttp,
  settings: Settings,
  question: Question,
  shape: z.ZodType<T>,
): Promise<Result<T[]>> {
  const path = queriesPath(settings)
  // An answer that gets lost is asked for again: by its id BigQuery knows the query, and does not run and bill it twice.
  let asked: Result<unknown> = await http.send({
    method: 'POST',
    path,
    json: { ...bodyOf(settings, question), requestId: crypto.randomUUID() },
  })
  let jobId = ''
  for (let waits = 0; ; waits++) {
    if (!asked.ok) return asked
    const parsed = answer.safeParse(asked.value)
    if (!parsed.success) return err(unreadable(i18n.t('The query'), parsed.error))
    jobId = parsed.data.jobReference?.jobId ?? jobId
    if (parsed.data.jobComplete) return collect(http, settings, shape, parsed.data, jobId)
    if (waits === mostWaits || jobId === '')
      return err(fail('timeout', andAgain(i18n.t('BigQuery did not finish the query in time.'))))
    asked = await http.get(`${path}/${encodeURIComponent(jobId)}`, resultsQuery(settings))
  }
}

/** What a query would read, which BigQuery tells without running it and for free. */
export async function bytesOf(http: ProviderHttp, settings: Settings, question: Question): Promise<Result<bigint>> {
  const json = { ...bodyOf(settings, question), dryRun: true }
  const answer = await http.send({ method: 'POST', path: queriesPath(settings), json })
  if (!answer.ok) return answer
  const parsed = z.object({ totalBytesProcessed: z.string().regex(/^\d{1,18}$/) }).safeParse(answer.value)
  return parsed.success
    ? ok(BigInt(parsed.data.totalBytesProcessed))
    : err(unreadable(i18n.t('The query'), parsed.error))
}

function queriesPath({ queryProject }: Settings): string {
  return `${bigQueryOrigin}/bigquery/v2/projects/${encodeURIComponent(queryProject)}/queries`
}

function bodyOf({ location, maxBytes }: Settings, { sql, parameters }: Question): object {
  return {
    query: sql,
    // It is legacy SQL unless said otherwise.
    useLegacySql: false,
    parameterMode: 'NAMED',
    queryParameters: Object.entries(parameters).map(([name, value]) => ({
      name,
      parameterType: { type: 'STRING' },
      parameterValue: { value },
    })),
    location,
    timeoutMs: waitMs,
    maxResults: rowsAPage,
    // A query that would bill more fails, and costs nothing.
    maximumBytesBilled: String(maxBytes),
    useQueryCache: true,
    labels: { app: 'api-spend-guard' },
  }
}

function resultsQuery({ location }: Settings): Query {
  return [
    ['location', location],
    ['maxResults', String(rowsAPage)],
    ['timeoutMs', String(waitMs)],
  ]
}

/** The rows of a finished query, page after page; each is read by itself, with others going first in between. */
async function collect<T>(
  http: ProviderHttp,
  settings: Settings,
  shape: z.ZodType<T>,
  first: Answer,
  jobId: string,
): Promise<Result<T[]>> {
  const names = first.schema?.fields.map(({ name }) => name) ?? []
  const path = `${queriesPath(settings)}/${encodeURIComponent(jobId)}`
  const breathe = createBreather()
  const turn = async ({ rows = [], pageToken }: Answer): Promise<Result<Page<T>>> => {
    const made: T[] = []
    for (const { f } of rows) {
      const row = shape.safeParse(Object.fromEntries(names.map((name, index) => [name, f[index]?.v ?? null])))
      if (!row.success) return err(unreadable(i18n.t('The query'), row.error))
      made.push(row.data)
      await breathe()
    }
    return ok({ made, next: pageToken ? { path, query: [...resultsQuery(settings), ['pageToken', pageToken]] } : null })
  }
  const start = await turn(first)
  if (!start.ok) return start
  const rest = start.value.next
    ? await followPages(http, start.value.next, (page) => {
        const parsed = answer.safeParse(page)
        return parsed.success ? turn(parsed.data) : err(unreadable(i18n.t('The query'), parsed.error))
      })
    : ok([])
  if (!rest.ok) return rest
  const rows = [...start.value.made, ...rest.value]
  if (Number(first.totalRows ?? Number.NaN) !== rows.length)
    return err(
      fail(
        'truncated',
        i18n.t('The query has {all} rows and {count} came.', {
          all: first.totalRows ?? '?',
          count: rows.length,
        }),
      ),
    )
  return ok(rows)
}
