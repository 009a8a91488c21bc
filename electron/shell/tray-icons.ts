import type { TrayIcon } from './tray-state.ts'

/** A round badge, told apart by shape and not by colour alone: dot, bar, bell, slash, pause. */
const shapes: Record<TrayIcon, (x: number, y: number) => boolean> = {
  calm: (x, y) => Math.hypot(x, y) < 0.3,
  near: (x, y) => Math.abs(x) < 0.6 && Math.abs(y) < 0.16,
  firing: (x, y) => Math.abs(x) < 0.15 && (y < 0.2 || (y > 0.38 && y < 0.68)) && y > -0.68,
  blind: (x, y) => Math.abs(x + y) < 0.22 && Math.hypot(x, y) < 0.75,
  paused: (x, y) => Math.abs(y) < 0.5 && Math.abs(Math.abs(x) - 0.26) < 0.13,
}
const colours: Record<TrayIcon, readonly [number, number, number]> = {
  calm: [46, 160, 103],
  near: [217, 140, 20],
  firing: [214, 57, 46],
  blind: [110, 118, 129],
  paused: [110, 118, 129],
}

/**
 * The icon as raw BGRA pixels, the format of nativeImage.createFromBitmap. Drawn, so that it is crisp at every scale;
 * `lit` false is the dark half of a flash, an outline of the same shape.
 */
export function drawTrayIcon(icon: TrayIcon, size: number, lit: boolean): Buffer {
  const pixels = Buffer.alloc(size * size * 4)
  const [red, green, blue] = colours[icon]
  const samples = 4
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let body = 0
      let mark = 0
      for (let sample = 0; sample < samples * samples; sample++) {
        const x = ((column + ((sample % samples) + 0.5) / samples) / size) * 2 - 1
        const y = ((row + (Math.floor(sample / samples) + 0.5) / samples) / size) * 2 - 1
        const distance = Math.hypot(x, y)
        if (lit ? distance < 0.96 : distance < 0.96 && distance > 0.74) body++
        if (shapes[icon](x, y)) mark++
      }
      const all = samples * samples
      const alpha = lit ? body : Math.max(body, mark)
      const white = lit ? mark / all : 0
      const at = (row * size + column) * 4
      // Premultiplied, as Chromium expects.
      const share = alpha / all
      const mix = (colour: number) => Math.round((colour * (1 - white) + 255 * white) * share)
      pixels.set([mix(blue), mix(green), mix(red), Math.round(255 * share)], at)
    }
  }
  return pixels
}
