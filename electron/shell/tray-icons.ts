import { figureShape } from './tray-figure.ts'
import type { TrayIcon } from './tray-state.ts'

type Shape = (x: number, y: number) => boolean

const disc: Shape = (x, y) => Math.hypot(x, y) < 0.94
/** Pointing up, with corners that are cut off, so that it is not thinner than the others at 16 pixels. */
const triangle: Shape = (x, y) => y < 0.82 && y > -0.86 && Math.abs(x) < 0.14 + (y + 0.86) * 0.52
const octagon: Shape = (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.92 && Math.abs(x) + Math.abs(y) < 1.32
/** A square with round corners, which has room for three digits. */
const tile: Shape = (x, y) => Math.hypot(Math.max(0, Math.abs(x) - 0.7), Math.max(0, Math.abs(y) - 0.7)) < 0.3
const exclamation: Shape = (x, y) => Math.abs(x) < 0.16 && y > -0.64 && (y < 0.12 || (y > 0.3 && y < 0.58))

/**
 * Told apart by outline and mark, and not by colour alone: a disc with a dot, a triangle with a bar, a stop sign with an
 * exclamation mark, a disc that is crossed out, a disc with two bars.
 */
const shapes: Record<TrayIcon, { body: Shape; mark: Shape }> = {
  calm: { body: disc, mark: (x, y) => Math.hypot(x, y) < 0.32 },
  near: { body: triangle, mark: (x, y) => Math.abs(x) < 0.36 && y > 0.26 && y < 0.56 },
  firing: { body: octagon, mark: exclamation },
  blind: { body: disc, mark: (x, y) => Math.hypot(x, y) < 0.64 && Math.abs(x + y) > 0.24 },
  paused: { body: disc, mark: (x, y) => Math.abs(y) < 0.5 && Math.abs(Math.abs(x) - 0.28) < 0.15 },
}

/** Each stands out from a white panel, from a black one, and from its own white mark: at least 3 to 1 (WCAG 1.4.11). */
export const trayColours: Record<TrayIcon, readonly [red: number, green: number, blue: number]> = {
  calm: [36, 145, 92],
  near: [188, 112, 12],
  firing: [214, 57, 46],
  blind: [110, 118, 129],
  paused: [110, 118, 129],
}

export interface TrayDrawing {
  /** False: the dark half of a flash, an outline of the same shape. */
  lit: boolean
  /** For macOS, which colours it to suit the menu bar: black, and the mark is a hole. */
  template: boolean
  /** Drawn as the mark of a tile, in place of the shape of the state. */
  figure?: string | null
}

/** Of each pixel this many by this many points are looked at, which makes its edges smooth. */
const samples = 4

/**
 * The icon as raw BGRA pixels, premultiplied, as nativeImage wants them. Drawn for the size it is shown at, so that it is
 * crisp at every scale.
 */
export function drawTrayIcon(icon: TrayIcon, size: number, { lit, template, figure = null }: TrayDrawing): Buffer {
  const { body, mark } = figure === null ? shapes[icon] : { body: tile, mark: figureShape(figure, size) }
  const [red, green, blue] = template ? [0, 0, 0] : trayColours[icon]
  const inner = 0.74
  const isOutline: Shape = (x, y) => body(x, y) && !body(x / inner, y / inner)
  const pixels = Buffer.alloc(size * size * 4)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let coloured = 0
      let white = 0
      for (let sample = 0; sample < samples * samples; sample++) {
        const x = ((column + ((sample % samples) + 0.5) / samples) / size) * 2 - 1
        const y = ((row + (Math.floor(sample / samples) + 0.5) / samples) / size) * 2 - 1
        const isMark = mark(x, y)
        if (!lit) coloured += isMark || isOutline(x, y) ? 1 : 0
        else if (!isMark) coloured += body(x, y) ? 1 : 0
        else if (!template) white++
      }
      const all = samples * samples
      const mix = (colour: number) => Math.round((colour * coloured + 255 * white) / all)
      const alpha = Math.round((255 * (coloured + white)) / all)
      pixels.set([mix(blue), mix(green), mix(red), alpha], (row * size + column) * 4)
    }
  }
  return pixels
}

/** What a system takes an icon of its tray to measure, at a scale of 1. */
export function traySize(platform: NodeJS.Platform): number {
  return platform === 'darwin' ? 18 : platform === 'win32' ? 16 : 22
}

export const trayScales = [1, 1.25, 1.5, 2, 3] as const
