import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** The tokens of one block of tokens.css. */
function tokensAfter(css: string, selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`)
  const block = css.slice(start, css.indexOf('}', start))
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]),
  )
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

const css = readFileSync(new URL('../../../../renderer/styles/tokens.css', import.meta.url), 'utf8')
const themes = { light: tokensAfter(css, ':root'), dark: tokensAfter(css, ":root[data-theme='dark']") }

describe.each(Object.entries(themes))('the %s theme', (_, tokens) => {
  const of = (name: string) => tokens[name] ?? '#000000'

  it.each(['canvas', 'surface', 'sunken', 'hover'])('has text that can be read on %s', (ground) => {
    for (const text of ['text', 'text-quiet']) expect(contrast(of(text), of(ground)), text).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['critical', 'warning', 'good', 'info', 'accent'])(
    'has words in %s that can be read on their own ground and on cards',
    (tone) => {
      expect(contrast(of(tone), of(`${tone}-soft`))).toBeGreaterThanOrEqual(4.5)
      expect(contrast(of(tone), of('surface'))).toBeGreaterThanOrEqual(4.5)
    },
  )

  it('has a primary button that can be read, also under the pointer', () => {
    expect(contrast(of('on-accent'), of('accent'))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(of('on-accent'), of('accent-hover'))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['1', '2', '3', '4', '5', '6', '7', 'other'])(
    'has chart colour %s and the edges of fields 3:1 above the card',
    (name) => {
      expect(contrast(of(`series-${name}`), of('surface'))).toBeGreaterThanOrEqual(3)
      expect(contrast(of('line-strong'), of('surface'))).toBeGreaterThanOrEqual(3)
    },
  )
})

describe('the dark theme', () => {
  it('is the same whether the system or the user chose it', () => {
    expect(tokensAfter(css, ":root:not([data-theme='light'])")).toEqual(themes.dark)
  })
})
