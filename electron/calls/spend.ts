import { fail } from '../../shared/failures.ts'
import { err, ok } from '../../shared/result.ts'
import type { SpendViews } from '../ledger/spend-views.ts'
import { iso } from '../../shared/time.ts'
import { exportFocus } from '../focus/export.ts'
import { exportText } from '../ledger/export.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Handlers } from './handlers.ts'

export function spendCalls(
  views: SpendViews,
  ledger: Ledger,
): Pick<Handlers, 'spend:report' | 'spend:history' | 'spend:export'> {
  return {
    'spend:report': async (request) => {
      const range = views.rangeOf(request.from, request.to, request.zone)
      return range ? ok(await views.report(range, request.by)) : err(badRange())
    },
    'spend:history': async (request) => {
      const range = views.rangeOf(request.from, request.to, request.zone)
      return range ? views.history(range, request.by, request.step) : err(badRange())
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
    'The range ends before it begins. Write the earlier day first, such as --from 2026-11-01 --to 2026-11-30.',
  )
}
