import type { Plugin } from 'chart.js'
import type { Palette } from './stack.ts'
import type { Plan } from '../../shared/plans.ts'

/** The steps of the chart that a plan covers, as first and last index. */
export interface PlannedRun {
  first: number
  last: number
  /** Up to where the stack may reach; null for a plan of a part of what the chart shows. */
  limit: number | null
  plan: Plan
}

/** Days only: steps of a chart by the hour are instants, and those are none of a plan's days. */
export function plannedRuns(plans: readonly Plan[], steps: readonly string[], currency: string): PlannedRun[] {
  return plans.flatMap((plan) => {
    const first = steps.findIndex((step) => step >= plan.from)
    const last = steps.findLastIndex((step) => step <= plan.to)
    if (plan.currency !== currency || first < 0 || last < first) return []
    return [{ first, last, limit: plan.scope === 'all' ? Number(plan.limit) : null, plan }]
  })
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
