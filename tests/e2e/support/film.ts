import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import sharp from 'sharp'

const size = { width: 1100, height: 720 }
const strip = 56
/** What GitHub shows of a README is not wider. */
const width = 880

export interface Film {
  /** Shows what the page shows now for so long, with a line below it. */
  take(page: Page, caption: string, ms: number): Promise<void>
  save(file: string): Promise<void>
}

/** Still pictures of a page, one after the other, as one moving picture. */
export function createFilm(): Film {
  const frames: { picture: Buffer; ms: number }[] = []
  return {
    async take(page, caption, ms) {
      // Colours fade in for a tenth of a second.
      await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null))))
      const shown = await page.screenshot()
      const captioned = await sharp(shown)
        .extend({ bottom: strip, background: '#1d1f27' })
        .composite([{ input: lettering(caption), top: size.height, left: 0 }])
        .png()
        .toBuffer()
      frames.push({ picture: await sharp(captioned).resize({ width }).png().toBuffer(), ms })
    },
    async save(file) {
      await mkdir(path.dirname(file), { recursive: true })
      await sharp(
        frames.map(({ picture }) => picture),
        { join: { animated: true } },
      )
        .webp({ loop: 0, delay: frames.map(({ ms }) => ms), quality: 80, effort: 6, minSize: true })
        .toFile(file)
    },
  }
}

export const filmSize = size

function lettering(caption: string): Buffer {
  const text = caption.replace(/&/g, '&amp;').replace(/</g, '&lt;')
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${strip}"><text x="50%" y="36" text-anchor="middle" font-family="sans-serif" font-size="22" fill="#fff">${text}</text></svg>`,
  )
}
