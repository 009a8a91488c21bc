import { t } from '@lingui/core/macro'
import type { Plugin } from 'chart.js'
import type { Palette } from './stack.ts'

/** A line across the chart: what a budget allows for one step, or for all of them. */
export interface LimitLine {
  label: string
  amount: number
}

/** Where the sum is heading: from what is spent at the last known step to the last step of the period. */
export interface HeadingBand {
  fromStep: number
  spent: number
  end: number
  low: number
  high: number
}

/** What was spent at the same step of the period before, as a line of steps. */
export function ghostLine(amounts: readonly (number | null)[], palette: Palette): Plugin<'bar'> {
  return {
    id: 'ghost-line',
    afterDatasetsDraw({ ctx, scales: { x, y }, data }) {
      if (!x || !y || amounts.length === 0) return
      const half = x.width / Math.max(1, data.labels?.length ?? 1) / 2
      ctx.save()
      ctx.strokeStyle = palette.text
      ctx.lineWidth = 1.5
      ctx.beginPath()
      amounts.forEach((amount, step) => {
        if (amount === null) return
        const at = x.getPixelForValue(step)
        const level = y.getPixelForValue(amount)
        // A gap before it: the line begins anew.
        if (step === 0 || amounts[step - 1] === null) ctx.moveTo(at - half, level)
        else ctx.lineTo(at - half, level)
        ctx.lineTo(at + half, level)
      })
      ctx.stroke()
      ctx.restore()
    },
  }
}

export function limitLines(limits: readonly LimitLine[], palette: Palette): Plugin<'bar'> {
  return {
    id: 'limit-lines',
    afterDatasetsDraw({ ctx, scales: { y }, chartArea }) {
      if (!y) return
      ctx.save()
      ctx.strokeStyle = palette.limit
      ctx.fillStyle = palette.limit
      ctx.lineWidth = 1.5
      ctx.setLineDash([8, 4])
      ctx.font = t`500 11px ${palette.font}`
      ctx.textAlign = 'left'
      for (const { label, amount } of limits) {
        if (amount > y.max) continue
        const level = y.getPixelForValue(amount)
        ctx.beginPath()
        ctx.moveTo(chartArea.left, level)
        ctx.lineTo(chartArea.right, level)
        ctx.stroke()
        ctx.fillText(label, chartArea.left + 4, level - 5 < chartArea.top + 8 ? level + 13 : level - 5)
      }
      ctx.restore()
    },
  }
}

/** A wedge that opens towards the end of the period, with a dashed line through its middle. */
export function headingBand(band: HeadingBand, palette: Palette): Plugin<'bar'> {
  return {
    id: 'heading-band',
    beforeDatasetsDraw({ ctx, scales: { x, y }, data }) {
      if (!x || !y) return
      const last = (data.labels?.length ?? 1) - 1
      const [left, right] = [x.getPixelForValue(band.fromStep), x.getPixelForValue(last)]
      const start = y.getPixelForValue(band.spent)
      ctx.save()
      ctx.fillStyle = palette.text
      ctx.globalAlpha = 0.16
      ctx.beginPath()
      ctx.moveTo(left, start)
      ctx.lineTo(right, y.getPixelForValue(band.high))
      ctx.lineTo(right, y.getPixelForValue(band.low))
      ctx.closePath()
      ctx.fill()
      ctx.globalAlpha = 1
      ctx.strokeStyle = palette.text
      ctx.lineWidth = 1.5
      ctx.setLineDash([4, 4])
      ctx.beginPath()
      ctx.moveTo(left, start)
      ctx.lineTo(right, y.getPixelForValue(band.end))
      ctx.stroke()
      ctx.restore()
    },
  }
}

/** Tells where the steps lie, for what is laid over the chart. */
export function areaTeller(tell: (area: { left: number; right: number }) => void): Plugin<'bar'> {
  return {
    id: 'area-teller',
    afterLayout({ chartArea }) {
      tell({ left: chartArea.left, right: chartArea.right })
    },
  }
}
