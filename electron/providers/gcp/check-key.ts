import { z } from 'zod'
import type { KeyCheck } from '../../../shared/accounts.ts'
import type { Failure } from '../../../shared/failures.ts'
import { dayMs, floorTo, minuteMs } from '../../../shared/time.ts'
import type { ReadContext, ReadWindow } from '../adapter.ts'
import { bigQueryOrigin, bytesOf } from './bigquery.ts'
import { billQuestion, byExportTime, lacksPartitions } from './bill.ts'
import { monitoringProjects, settingsOf, type Settings } from './options.ts'
import { readCounts } from './time-series.ts'
import { vertexFilter } from './vertex.ts'
import { i18n, sentences } from '../../../shared/words.ts'

/** Asks what a read of the bill would scan, which costs nothing, and whether the account may do more than read. */
export async function checkKey(context: ReadContext): Promise<KeyCheck> {
  const kind = i18n.t('Service account key')
  const settings = settingsOf(context.options)
  if (!settings.ok) return refused(kind, settings.failure)
  const window = { fromMs: floorTo(context.now(), dayMs) - 3 * dayMs, toMs: floorTo(context.now(), dayMs) + dayMs }
  const question = billQuestion(settings.value, window)
  const asked = await bytesOf(context.http, settings.value, question)
  const bytes =
    !asked.ok && lacksPartitions(asked.failure.message)
      ? await bytesOf(context.http, settings.value, byExportTime(question))
      : asked
  if (!bytes.ok) return refused(kind, bytes.failure)
  return {
    ok: true,
    kind,
    organization: settings.value.table,
    warnings: [
      scanned(bytes.value, settings.value.maxBytes),
      ...(await powers(context, settings.value)),
      ...(await unreadableProjects(context)),
    ],
    failure: null,
  }
}

function refused(kind: string, failure: Failure): KeyCheck {
  return { ok: false, kind, organization: null, warnings: [], failure }
}

const mib = 2n ** 20n

/** BigQuery bills whole mebibytes, and ten of them at least. */
function scanned(bytes: bigint, most: bigint): string {
  const billed = bytes < 10n * mib ? 10n : (bytes + mib - 1n) / mib
  const limit = i18n.t('at most {mebibytes} MiB (max_bytes)', { mebibytes: most / mib })
  return billed * mib > most
    ? i18n.t(
        'A read of the bill would have BigQuery bill {billed} MiB, more than max_bytes allows: {limit}. Raise it, or the bill cannot be read.',
        { billed, limit },
      )
    : i18n.t('A read of the bill has BigQuery bill about {billed} MiB, {limit}.', { billed, limit })
}

/** Permissions that reading does not need. BigQuery v2, tables.testIamPermissions, 2026-11-25: it asks and changes nothing. */
const tooMuch = ['bigquery.tables.delete', 'bigquery.tables.updateData']
const granted = z.object({ permissions: z.array(z.string()).optional() })

async function powers({ http }: ReadContext, { dataset }: Settings): Promise<string[]> {
  const { project, id, table } = dataset
  const path = `${bigQueryOrigin}/bigquery/v2/projects/${encodeURIComponent(project)}/datasets/${id}/tables/${table}:testIamPermissions`
  const answer = await http.send({ method: 'POST', path, json: { permissions: tooMuch } })
  // Only a nicety: the key works all the same.
  const parsed = answer.ok ? granted.safeParse(answer.value) : null
  return parsed?.success && parsed.data.permissions?.length
    ? [i18n.t('It can change or delete the billing export too. BigQuery Data Viewer is enough to read it.')]
    : []
}

async function unreadableProjects(context: ReadContext): Promise<string[]> {
  const toMs = floorTo(context.now(), minuteMs)
  const window: ReadWindow = { feed: 'vertex', width: 'minute', fromMs: toMs - 5 * minuteMs, toMs, open: true }
  const warnings: string[] = []
  for (const project of monitoringProjects(context.options)) {
    const counts = await readCounts(context, project, vertexFilter, window)
    if (!counts.ok)
      warnings.push(
        sentences(i18n.t('Tokens cannot be counted; that needs Monitoring Viewer.'), counts.failure.message),
      )
  }
  return warnings
}
