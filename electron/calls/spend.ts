import { fail } from '../../shared/failures.ts'
import { err, ok } from '../../shared/result.ts'
import { monthOutlook } from '../judging/month-outlook.ts'
import type { Judges } from '../judging/judges.ts'
import type { SpendViews } from '../ledger/spend-views.ts'
import { iso } from '../../shared/time.ts'
import { exportFocus } from '../focus/export.ts'
import { exportText } from '../ledger/export.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Handlers } from './handlers.ts'
import { i18n } from '../../shared/words.ts'

export function spendCalls(parts: {
  views: SpendViews
  ledger: Ledger
  judges: Pick<Judges, 'completeness'>
  now(): number
  zone(): string
}): Pick<Handlers, 'spend:report' | 'spend:history' | 'spend:outlook' | 'spend:export'> {
  const { views, ledger } = parts
  return {
    'spend:report': async (request) => {
      const range = views.rangeOf(request.from, request.to, request.zone)
      return range ? ok(await views.report(range, request.by, request.scopes)) : err(badRange())
    },
    'spend:history': async (request) => {
      const range = views.rangeOf(request.from, request.to, request.zone)
      return range ? views.history(range, request.by, request.step, request.scopes) : err(badRange())
    },
    'spend:outlook': async ({ scopes, zone }) => {
      const nowMs = parts.now()
      const isComplete = parts.judges.completeness(nowMs)
      return ok(await monthOutlook(scopes, zone ?? parts.zone(), nowMs, { views, isComplete }))
    },
    'spend:export': async (request) => {
      const range = views.rangeOf(request.from, request.to, 'UTC')
      if (!range) return err(badRange())
      if (request.format !== 'focus') return ok({ ...(await exportText(views, range, request.format)), next: null })
      const isFirst = request.after === null
      const fromMs = request.after === null ? range.fromMs : Date.parse(request.after)
      const { nextMs, ...piece } = await exportFocus({ ledger, owners: views.owners }, { ...range, fromMs }, isFirst)
      return ok({ ...piece, next: nextMs === null ? null : iso(nextMs) })
    },
  }
}

export function badRange() {
  return fail(
    'invalid-input',
    i18n.t('The range ends before it begins. Write the earlier day first, such as --from 2026-11-01 --to 2026-11-30.'),
  )
}
