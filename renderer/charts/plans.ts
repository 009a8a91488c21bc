import type { Plugin } from 'chart.js'
import type { Palette } from './stack.ts'
import type { Plan } from '../../shared/plans.ts'
import type { History } from '../../shared/spend.ts'
import { localDay } from '../../shared/time.ts'

/** The steps of the chart that a plan covers, as first and last index. */
export interface PlannedRun {
  first: number
  last: number
  /** Up to where the stack may reach; null for a plan of a part of what the chart shows. */
  limit: number | null
  plan: Plan
}

/** Of a chart by the month none, of one by the hour the hours of planned days, without a line, because what is planned is for a whole day. */
export function plannedRuns(
  plans: readonly Plan[],
  steps: readonly string[],
  currency: string,
  zone: string,
  scopes: History['scopes'] = [],
): PlannedRun[] {
  if (steps[0]?.length === 7) return []
  const days = steps.map((step) => (step.includes('T') ? localDay(Date.parse(step), zone) : step))
  return plans.flatMap((plan) => {
    const first = days.findIndex((day) => day >= plan.from)
    const last = days.findLastIndex((day) => day <= plan.to)
    if (plan.currency !== currency || first < 0 || last < first || !isShown(plan, scopes)) return []
    const isWhole = plan.scope === 'all' && scopes.length === 0
    return [{ first, last, limit: isWhole && steps[0]?.length === 10 ? Number(plan.limit) : null, plan }]
  })
}

/** A plan for everything may be for what is shown as well. */
function isShown(plan: Plan, scopes: History['scopes']): boolean {
  return scopes.length === 0 || plan.scope === 'all' || scopes.some(({ scope }) => scope === plan.scope)
}

/** A veil over the days that were announced, with a line at what was announced for them. */
export function plannedDays(runs: readonly PlannedRun[], steps: number, palette: Palette): Plugin<'bar'> {
  return {
    id: 'planned-days',
    beforeDatasetsDraw(chart) {
      const { x, y } = chart.scales
      const context = chart.ctx
      if (!x || !y) return
      const half = x.width / Math.max(1, steps) / 2
      context.save()
      for (const { first, last, limit } of runs) {
        const left = x.getPixelForValue(first) - half
        const width = x.getPixelForValue(last) + half - left
        context.fillStyle = palette.planned
        context.globalAlpha = 0.14
        context.fillRect(left, y.top, width, y.height)
        context.globalAlpha = 1
        if (limit === null || limit > y.max) continue
        context.strokeStyle = palette.planned
        context.lineWidth = 1.5
        context.setLineDash([6, 4])
        context.beginPath()
        context.moveTo(left, y.getPixelForValue(limit))
        context.lineTo(left + width, y.getPixelForValue(limit))
        context.stroke()
      }
      context.restore()
    },
  }
}
