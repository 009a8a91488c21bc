import { expect, test, type Page } from '@playwright/test'
import sharp from 'sharp'
import { screens } from './support/screens.ts'
import { leaksMs, tellStory, type ToldStory } from './support/told-story.ts'

/**
 * What people look at most, as it looked when somebody last looked at it: `npm run test:e2e -- looks.spec.ts -u` takes the
 * pictures anew. They are small, so that they show what moved and not how a letter is drawn.
 */
const watched = new Set([
  'dashboard',
  'dashboard-narrow',
  'alerts',
  'alert',
  'metrics',
  'budgets',
  'channels',
  'routing',
  'onboarding',
  'popover',
])
const keptWidth = 420
/** How wide Debian's Chromium writes this, in whole pixels: with other fonts every line ends elsewhere. */
const sample = { text: 'Unusual spend of the last 30 days', font: '600 32px system-ui, sans-serif', width: 613 }

let story: ToldStory
let alertId = ''
test.beforeAll(async () => {
  story = await tellStory()
  await story.advance(leaksMs - story.now() + 10 * 60_000)
  const open = await story.ask('alerts:list', { state: 'open' })
  alertId = open.find(({ rule, state }) => rule === 'velocity' && state === 'firing')?.id ?? ''
})
test.afterAll(() => story.stop())

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme })
    for (const { name, path, sign, act, size } of screens.filter(({ name }) => watched.has(name))) {
      test(`${name} looks as it did`, async ({ page }) => {
        const width = await widthOf(page, sample)
        test.skip(width !== sample.width, `other fonts: the sample is ${width} px wide, not ${sample.width}`)
        if (size) await page.setViewportSize(size)
        await story.show(page, path(alertId))
        await act?.(page)
        await expect(sign(page)).toBeVisible()
        await page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null))))
        const picture = await sharp(await page.screenshot())
          .resize({ width: keptWidth })
          .png({ palette: true })
          .toBuffer()
        expect(picture).toMatchSnapshot(`${name}-${colorScheme}.png`, { maxDiffPixelRatio: 0.01 })
      })
    }
  })
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
