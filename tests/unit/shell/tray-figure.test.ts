import { describe, expect, it } from 'vitest'
import { figureOf, figureShape } from '../../../electron/shell/tray-figure.ts'
import { drawTrayIcon, trayScales, traySize } from '../../../electron/shell/tray-icons.ts'

const sizes = trayScales.flatMap((scale) => [
  Math.round(traySize('win32') * scale),
  Math.round(traySize('linux') * scale),
])

describe('an amount in the icon', () => {
  it.each([
    [0, '0'],
    [0.04, '0.0'],
    [4.13, '4.1'],
    [9.96, '10'],
    [412.4, '412'],
    [999.6, '1k'],
    [41_300, '41k'],
    [412_000, '.4M'],
    [4_200_000, '4M'],
    [1e12, '99M'],
  ])('of %d is %s', (amount, figure) => expect(figureOf(amount)).toBe(figure))

  it.each(['0', '4.1', '412', '41k', '.4M', '99M', '82%', '888'])('fits into every size: %s', (figure) => {
    for (const size of sizes) {
      const isOn = figureShape(figure, size)
      const middleOf = (pixel: number) => ((pixel + 0.5) / size) * 2 - 1
      const pixels = Array.from({ length: size * size }, (_, index) =>
        isOn(middleOf(index % size), middleOf(Math.floor(index / size))),
      )
      const border = pixels.filter((_, index) => index % size === 0 || index % size === size - 1 || index < size)
      expect(pixels.filter(Boolean).length, `${figure} at ${size}`).toBeGreaterThan(8)
      expect(border.some(Boolean), `${figure} at ${size}`).toBe(false)
    }
  })

  it('is white on the colour of its state, in whole pixels', () => {
    const pixels = drawTrayIcon('calm', 16, { lit: true, template: false, figure: '41' })
    const colours = new Set(Array.from({ length: 256 }, (_, index) => pixels.subarray(index * 4, index * 4 + 4).join()))
    expect(colours).toContain('255,255,255,255')
    expect(colours).toContain('92,145,36,255')
  })
})
