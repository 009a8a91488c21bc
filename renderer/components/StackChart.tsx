import { useEffect, useRef, useState, type ReactNode } from 'react'
import { createHatch, drawChart, readPalette } from '../charts/draw.ts'
import { stackConfig, type StackContent } from '../charts/stack.ts'
import { useLook } from '../hooks/use-look.ts'

/** Where the steps lie, in pixels from the left of the chart. */
export interface ChartArea {
  left: number
  right: number
}

interface StackChartProps {
  content: StackContent
  label: string
  /** A step was clicked; the table has the same for the keyboard. */
  onPick: ((step: number) => void) | null
  /** What is laid over the chart once it is known where its steps lie. */
  children: (area: ChartArea) => ReactNode
}

/** The picture only; its numbers stand as text beside it. A module of its own, so that chart.js is loaded where it is shown. */
export default function StackChart({ content, label, onPick, children }: StackChartProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const pick = useRef(onPick)
  useEffect(() => {
    pick.current = onPick
  }, [onPick])
  const [area, setArea] = useState<ChartArea | null>(null)
  const look = useLook()
  useEffect(() => {
    const element = canvas.current
    if (!element) return
    return drawChart(
      element,
      stackConfig({
        ...content,
        palette: readPalette(element),
        hatch: createHatch,
        onPick: (step) => pick.current?.(step),
        onArea: (next) =>
          setArea((now) => (now && now.left === next.left && now.right === next.right ? now : { ...next })),
      }),
    )
    // `look` stands for the tokens that readPalette reads.
  }, [content, look])
  return (
    <>
      <canvas ref={canvas} role="img" aria-label={label} className={onPick ? 'chart-pickable' : undefined} />
      {area && children(area)}
    </>
  )
}
