import { t } from '@lingui/core/macro'
import type { ChartConfiguration, Plugin } from 'chart.js'
import { otherKey, type Band } from './bands.ts'
import { isInSight } from './limits.ts'
import { areaTeller, ghostLine, headingBand, limitLines, type HeadingBand, type LimitLine } from './overlays.ts'
import { plannedDays, type PlannedRun } from './plans.ts'
import { spansDays, stepText } from './step-text.ts'
import { formatLocales } from '../words/figures.ts'
import { spendKindWords } from '../words/spend-kind.ts'
import { formatMoney, type Locales } from '../../shared/money.ts'
import type { History } from '../../shared/spend.ts'

export interface Palette {
  series: string[]
  other: string
  grid: string
  text: string
  surface: string
  strongLine: string
  planned: string
  limit: string
  font: string
}

type Fill = string | CanvasPattern

/** What a chart shows, without how it looks. */
export interface StackContent {
  bands: readonly Band[]
  steps: readonly string[]
  planes: History['planes']
  zone: string
  currency: string
  /** Steps behind the last known one, for where it is heading. */
  ahead?: readonly string[]
  planned?: readonly PlannedRun[]
  limits?: readonly LimitLine[]
  /** The period before, by step. */
  ghost?: readonly (string | null)[]
  heading?: HeadingBand | null
}

export interface StackParts extends StackContent {
  palette: Palette
  /** The same colour as stripes; says "estimate" without relying on colour. */
  hatch: (color: string) => Fill
  locale?: string | undefined
  /** Somebody clicked on a step. */
  onPick?: (step: number) => void
  onArea?: (area: { left: number; right: number }) => void
}

export function bandColor(band: Band, index: number, palette: Pick<Palette, 'series' | 'other'>): string {
  return band.key === otherKey ? palette.other : (palette.series[index % palette.series.length] ?? palette.other)
}

/** A stack of bars: billed solid, estimate hatched, unknown a marked gap. */
export function stackConfig(parts: StackParts): ChartConfiguration<'bar', (number | null)[], string> {
  const { bands, steps, planes, currency, palette, hatch, locale, zone } = parts
  const { planned = [], ahead = [], heading = null } = parts
  const withDay = spansDays(steps, zone)
  const labels = [...steps, ...ahead].map((step) => stepText(step, zone, withDay, locale))
  const ghost = (parts.ghost ?? []).slice(0, labels.length).map((amount) => (amount === null ? null : Number(amount)))
  const highest = Math.max(...sumsOf(bands, planes), ...ghost.map((amount) => amount ?? 0), heading?.high ?? 0)
  const limits = (parts.limits ?? []).filter(({ amount }) => isInSight(amount, highest))
  return {
    type: 'bar',
    data: {
      labels,
      datasets: bands.map((band, index) => {
        const color = bandColor(band, index, palette)
        const stripes = hatch(color)
        return {
          label: band.label,
          data: band.amounts.map((amount, step) => (amount === null || planes[step] == null ? null : Number(amount))),
          backgroundColor: planes.map((plane) => (plane === 'billed' ? color : stripes)),
          borderColor: palette.surface,
          borderWidth: { top: 1, right: 0, bottom: 0, left: 0 },
          categoryPercentage: 0.84,
          barPercentage: 1,
          stack: 'spend',
        }
      }),
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false },
      onClick: (event, _elements, chart) => {
        const [hit] = event.native
          ? chart.getElementsAtEventForMode(event.native, 'index', { intersect: false }, true)
          : []
        if (hit && hit.index < steps.length) parts.onPick?.(hit.index)
      },
      scales: {
        x: {
          stacked: true,
          grid: { display: false },
          border: { color: palette.grid },
          ticks: { color: palette.text, maxRotation: 0, autoSkipPadding: 24, font: { family: palette.font, size: 11 } },
        },
        y: {
          stacked: true,
          beginAtZero: true,
          suggestedMax: Math.max(
            highest,
            ...planned.map(({ limit }) => limit ?? 0),
            ...limits.map(({ amount }) => amount * 1.04),
          ),
          grid: { color: palette.grid },
          border: { display: false },
          ticks: {
            color: palette.text,
            maxTicksLimit: 6,
            font: { family: palette.font, size: 11 },
            callback: (value) => axisMoney(Number(value), currency, locale),
          },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          // A credit is less than nothing, and part of the sum below.
          filter: (item) => item.raw !== null && Number(item.raw) !== 0,
          itemSort: (a, b) => b.datasetIndex - a.datasetIndex,
          callbacks: {
            label: (item) => ` ${item.dataset.label ?? ''}  ${formatMoney(String(item.raw), currency, locale)}`,
            labelColor: (item) => {
              const color = bandColor(bands[item.datasetIndex] as Band, item.datasetIndex, palette)
              return { backgroundColor: color, borderColor: color }
            },
            footer: (items) => tooltipFooter(items, planes, currency, locale),
          },
        },
      },
    },
    plugins: [
      plannedDays(planned, labels.length, palette),
      ...(heading ? [headingBand(heading, palette)] : []),
      unknownSteps(planes, labels.length, palette),
      ghostLine(ghost, palette),
      limitLines(limits, palette),
      ...(parts.onArea ? [areaTeller(parts.onArea)] : []),
    ],
  }
}

function sumsOf(bands: readonly Band[], planes: History['planes']): number[] {
  return planes.map((_, step) => bands.reduce((sum, { amounts }) => sum + Number(amounts[step] ?? 0), 0))
}

/** In few characters, and still another text for each line of the axis, however small or large they are. */
export function axisMoney(value: number, currency: string, locale: Locales = formatLocales()): string {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    notation: Math.abs(value) >= 10_000 ? 'compact' : 'standard',
    minimumFractionDigits: 0,
    maximumSignificantDigits: 4,
  }).format(value)
}

function tooltipFooter(
  items: readonly { raw: unknown; dataIndex: number }[],
  planes: History['planes'],
  currency: string,
  locale?: string,
): string {
  const plane = planes[items[0]?.dataIndex ?? 0]
  const sum = items.reduce((total, item) => total + Number(item.raw), 0)
  return `${formatMoney(String(sum), currency, locale)} ${spendKindWords[plane ?? 'unknown']}`
}

/** Runs of steps where nothing is known, as first and last index. */
export function unknownRuns(planes: History['planes']): { first: number; last: number }[] {
  const runs: { first: number; last: number }[] = []
  planes.forEach((plane, index) => {
    if (plane !== null) return
    const open = runs[runs.length - 1]
    if (open && open.last === index - 1) open.last = index
    else runs.push({ first: index, last: index })
  })
  return runs
}

/** A dashed box where nothing is known, so that a gap cannot be taken for days without spend. */
function unknownSteps(planes: History['planes'], labels: number, palette: Palette): Plugin<'bar'> {
  return {
    id: 'unknown-steps',
    afterDatasetsDraw(chart) {
      const { x, y } = chart.scales
      const context = chart.ctx
      if (!x || !y) return
      const half = (x.width / Math.max(1, labels)) * 0.42
      context.save()
      context.strokeStyle = palette.strongLine
      context.fillStyle = palette.text
      context.lineWidth = 1
      context.setLineDash([3, 3])
      context.font = `500 11px ${palette.font}`
      context.textAlign = 'center'
      for (const { first, last } of unknownRuns(planes)) {
        const left = x.getPixelForValue(first) - half
        const width = x.getPixelForValue(last) + half - left
        context.strokeRect(left, y.bottom - 28, width, 28)
        if (width > 9) context.fillText(width > 64 ? t`unknown` : '?', left + width / 2, y.bottom - 10)
      }
      context.restore()
    },
  }
}
