import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  Tooltip,
  type ChartConfiguration,
} from 'chart.js'
import type { Palette } from './stack.ts'

/** Draws a configuration; answers how to take it away again. */
export function drawChart(
  canvas: HTMLCanvasElement,
  config: ChartConfiguration<'bar', (number | null)[], string>,
): () => void {
  Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip)
  const chart = new Chart(canvas, config)
  return () => chart.destroy()
}

/** The design tokens as the canvas needs them: resolved for the theme that is shown now. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    series: [1, 2, 3, 4, 5, 6, 7].map((index) => token(`series-${index}`)),
    other: token('series-other'),
    grid: token('line'),
    text: token('text-quiet'),
    surface: token('surface'),
    strongLine: token('line-strong'),
    planned: token('accent'),
    limit: token('critical'),
    font: style.fontFamily,
  }
}

/** Diagonal stripes of a colour on nothing. */
export function createHatch(color: string): CanvasPattern | string {
  const tile = document.createElement('canvas')
  tile.width = 8
  tile.height = 8
  const context = tile.getContext('2d')
  if (!context) return color
  context.globalAlpha = 0.25
  context.fillStyle = color
  context.fillRect(0, 0, 8, 8)
  context.globalAlpha = 1
  context.strokeStyle = color
  context.lineWidth = 2.6
  context.beginPath()
  for (const offset of [-8, 0, 8]) {
    context.moveTo(offset - 1, 9)
    context.lineTo(offset + 9, -1)
  }
  context.stroke()
  return context.createPattern(tile, 'repeat') ?? color
}
