import { expect, test, type Page } from '@playwright/test'
import sharp from 'sharp'

/** Pictures are small, so that they show what moved and not how a letter is drawn. */
const keptWidth = 420
/** How wide Debian's Chromium writes this, in whole pixels: with other fonts every line ends elsewhere. */
const sample = { text: 'Unusual spend of the last 30 days', font: '600 32px system-ui, sans-serif', width: 613 }

/** With other fonts nothing looks as it did. */
export async function skipWithOtherFonts(page: Page): Promise<void> {
  const width = await widthOf(page, sample)
  test.skip(width !== sample.width, `other fonts: the sample is ${width} px wide, not ${sample.width}`)
}

/** What the page shows looks as it did when somebody last looked at it; `-u` takes the picture anew. */
export async function expectLook(page: Page, name: string): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null))))
  const picture = await sharp(await page.screenshot())
    .resize({ width: keptWidth })
    .png({ palette: true })
    .toBuffer()
  expect(picture).toMatchSnapshot(`${name}.png`, { maxDiffPixelRatio: 0.01 })
}

function widthOf(page: Page, { text, font }: typeof sample): Promise<number> {
  return page.evaluate(
    ([text, font]) => {
      const context = document.createElement('canvas').getContext('2d')
      if (!context) return 0
      context.font = font
      return Math.round(context.measureText(text).width)
    },
    [text, font] as const,
  )
}
