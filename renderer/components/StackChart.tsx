import { useEffect, useRef } from 'react'
import type { Band } from '../charts/bands.ts'
import { createHatch, drawChart, readPalette } from '../charts/draw.ts'
import { stackConfig } from '../charts/stack.ts'
import { useLook } from '../hooks/use-look.ts'
import type { Plan } from '../../shared/plans.ts'
import type { History } from '../../shared/spend.ts'

interface StackChartProps {
  bands: readonly Band[]
  steps: readonly string[]
  planes: History['planes']
  plans: readonly Plan[]
  currency: string
  label: string
}

/** The picture only; its numbers stand as text beside it. A module of its own, so that chart.js is loaded where it is shown. */
export default function StackChart({ bands, steps, planes, plans, currency, label }: StackChartProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const look = useLook()
  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const palette = readPalette(element)
    return drawChart(element, stackConfig({ bands, steps, planes, plans, currency, palette, hatch: createHatch }))
    // `look` stands for the tokens that readPalette reads.
  }, [bands, steps, planes, plans, currency, look])
  return <canvas ref={canvas} role="img" aria-label={label} />
}
