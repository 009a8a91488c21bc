import { z } from 'zod'
import { fail, type Failure } from '../../../shared/failures.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { floorTo, hourMs, iso, minuteMs, type TimeRange } from '../../../shared/time.ts'
import { label } from '../../http/json-schema.ts'
import type { ReadContext, ReadWindow, Refusal, SpendReading } from '../adapter.ts'
import { daysOf, type DayLine } from '../day-lines.ts'
import { focusCharge, focusRow, readRows } from '../focus-rows.ts'
import { monthsOf } from '../months.ts'
import { within } from '../pages.ts'
import { resetAtMs } from '../rate-limit.ts'
import { i18n, sentences } from '../../../shared/words.ts'

const path = '/v1/billing/charges'

/** A day of Vercel's ends at midnight in California: 07:00 or 08:00 UTC of the next one. */
const dayEndsMs = 8 * hourMs

/**
 * Whole months always, however little is wanted of them: the plan's included usage is spread over what is asked for, so
 * that days asked for one by one add up to more than the bill. And never beyond now, where charges lie that are only
 * planned. Both seen by others, neither documented.
 */
export async function read(context: ReadContext, window: ReadWindow): Promise<Result<SpendReading>> {
  const charges: DayLine[] = []
  for (const month of monthsOf(window)) {
    const toMs = Math.min(month.toMs + dayEndsMs, floorTo(context.now(), hourMs))
    if (toMs <= month.fromMs) continue
    const found = await readCharges(context, { fromMs: month.fromMs, toMs })
    if (!found.ok) return found
    // The last day of the month before ends within this one; it belongs to that month's answer.
    for (const charge of found.value)
      if (charge.dayMs >= month.fromMs && charge.dayMs < month.toMs) charges.push(charge)
  }
  return ok({ buckets: within(daysOf(charges), { ...window, open: false }) })
}

const projectTags = z
  .object({ ProjectName: label, ProjectId: label })
  .transform((tags) => tags.ProjectName || tags.ProjectId)
  .catch(null)
const row = focusRow.extend({ Tags: projectTags })

export async function readCharges({ http, options }: ReadContext, asked: TimeRange): Promise<Result<DayLine[]>> {
  const team = options['team_id'] ?? ''
  const answer = await http.send({
    path,
    query: [
      ['from', iso(asked.fromMs)],
      ['to', iso(asked.toMs)],
      [team.startsWith('team_') ? 'teamId' : 'slug', team],
    ],
    answer: 'lines',
  })
  // Not an empty answer: Vercel says so when no day of the span is over yet, and to teams without a bill. Nothing is known.
  if (!answer.ok) return isNoCosts(answer.failure) ? ok([]) : answer
  const rows = await readRows(path, row, answer.value)
  return rows.ok ? ok(rows.value.map((one) => focusCharge(one, one.Tags ?? one.SubAccountName))) : rows
}

const errorBody = z.object({ error: z.object({ code: z.string(), invalidToken: z.boolean().nullish() }) })
const noCosts = () => i18n.t('Vercel has no costs for this team in that time.')

function isNoCosts(failure: Failure): boolean {
  return failure.message === noCosts()
}

/** Errors of the REST API: vercel.com/docs/rest-api/errors, checked 2026-11-25. A wrong token is forbidden like a narrow one. */
export function refusal({ status, said, body, headers, nowMs }: Refusal): Failure | null {
  const parsed = errorBody.safeParse(body)
  const error = parsed.success ? parsed.data.error : null
  if (status === 404 && error?.code === 'costs_not_found') return fail('not-found', noCosts(), { status })
  if (status === 429 && !headers.has('retry-after')) {
    const retryAtMs = resetAtMs(headers, nowMs) ?? nowMs + minuteMs
    return fail('rate-limited', i18n.t('Vercel asked us to slow down; the next read waits.'), { status, retryAtMs })
  }
  if (status !== 403) return null
  const because = said ? i18n.t('Vercel says: {said}', { said }) : ''
  if (error?.invalidToken === true)
    return fail(
      'credential-rejected',
      sentences(i18n.t('Vercel does not know this token, or it has ended.'), because),
      { status },
    )
  return fail(
    'permission-missing',
    sentences(
      i18n.t(
        "Vercel does not show this bill to this token. Its scope must be the whole team (a token for one project is refused), and its maker's role there Owner, Billing, Member, Developer, Security or Enterprise Viewer. Check the team too.",
      ),
      because,
    ),
    { status },
  )
}
