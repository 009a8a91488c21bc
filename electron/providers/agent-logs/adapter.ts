import { fail } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { dayMs, secondMs } from '../../../shared/time.ts'
import { createBreather } from '../../breather.ts'
import {
  widths,
  type CostBucket,
  type Feed,
  type Options,
  type ProviderAdapter,
  type ReadContext,
  type ReadWindow,
  type SpendReading,
} from '../adapter.ts'
import { findLogs, missingLogs } from './find-logs.ts'
import { bucketsOf } from './lines.ts'
import { projectNames } from './project-names.ts'
import { revisionsBefore } from './revisions.ts'
import { rootsIn } from './roots-in.ts'
import { createSources, type Source } from './sources.ts'
import { i18n } from '../../../shared/words.ts'

const isSubscription = (options: Options) => options['billing'] === 'subscription'

const usual = { widths: ['minute', 'hour', 'day'], latencyMs: 0, historyMs: 3 * 365 * dayMs } as const
const feeds: readonly Feed[] = [
  { ...usual, id: 'calls', plane: 'estimate', when: (options) => !isSubscription(options) },
  { ...usual, id: 'subscription', plane: 'insight', when: isSubscription },
]

/** Gigabytes that are read for the first time take longer; a person who waits for a poll is told how far it has come. */
const patienceMs = 60 * secondMs

const sources = createSources()

/** What coding agents on this computer wrote down of their calls (electron/agent-logs). Nobody is asked. */
export const agentLogs: ProviderAdapter = {
  id: 'agent-logs',
  origins: [],
  auth: () => ({}),
  feeds,
  keyKind: () => ({ kind: i18n.t('No key'), refused: null, warnings: [] }),
  checkKey: ({ options }) => findLogs(options),
  async read({ options, dir, prices, now }, window) {
    const roots = rootsIn(options)
    if (!roots.ok) return roots
    if (dir === null) return err(fail('internal', i18n.t('Logs are read for accounts that are stored.')))
    const missing = await missingLogs(roots.value)
    if (missing) return err(missing)
    const context = { prices, now }
    return sources
      .use(dir, roots.value, (source) => readSource(source, window, context))
      .catch((error: unknown) => {
        return err(
          fail(
            'internal',
            i18n.t('The logs of coding agents could not be read: {message}.', { message: (error as Error).message }),
          ),
        )
      })
  },
  async names({ options, dir }) {
    const roots = rootsIn(options)
    if (!roots.ok || dir === null) return ok([])
    const { rows } = await sources.use(dir, roots.value, ({ logs }) => logs.usage(0, Number.MAX_SAFE_INTEGER, ever))
    return ok(await projectNames(roots.value, rows, options))
  },
  watch({ options, dir }, changed) {
    const roots = rootsIn(options)
    return roots.ok && dir !== null ? sources.watch(dir, roots.value, changed) : () => undefined
  },
}

/** One bucket for all times. */
const ever = 1e9 * dayMs

function stillReading({ doneBytes, allBytes }: { doneBytes: number; allBytes: number }): string {
  const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(1)
  return i18n.t(
    'The logs of coding agents are being read for the first time ({done} of {all} GB). Nothing is shown before all are read; the next poll goes on.',
    { done: gigabytes(doneBytes), all: gigabytes(allBytes) },
  )
}

async function readSource(
  source: Source,
  window: ReadWindow,
  { prices, now }: Pick<ReadContext, 'prices' | 'now'>,
): Promise<Result<SpendReading>> {
  const { logs } = source
  const report = await within(patienceMs, logs.scan())
  if (report === null) return err(fail('timeout', stillReading(logs.progress()), { retryAtMs: now() + 10 * secondMs }))
  const owed = window.open ? report.owed : null
  const revisions = revisionsBefore(owed, window, now())
  const buckets: CostBucket[] = []
  const breathe = createBreather()
  let sinceMs = window.fromMs
  for (const { fromMs, toMs, width } of [...revisions, window]) {
    const { rows, firstMs } = await logs.usage(fromMs, toMs, widths[width])
    sinceMs = firstMs ?? window.fromMs
    const span = { fromMs, toMs: Math.min(toMs, now() + 1), width }
    for (const bucket of bucketsOf(rows, span, sinceMs, prices)) {
      buckets.push(bucket)
      await breathe()
    }
  }
  return ok({ buckets, sinceMs, ...(owed && { stored: () => void logs.settle(owed).catch(() => undefined) }) })
}

/** Null when it takes longer. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => (timer = setTimeout(resolve, ms, null)))
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
