import { expect, test } from '@playwright/test'
import { expectLook, skipWithOtherFonts } from './support/looks.ts'
import { screens } from './support/screens.ts'
import { inEnglish } from './support/words.ts'
import { leaksMs, tellStory, type ToldStory } from './support/told-story.ts'

/**
 * What people look at most, as it looked when somebody last looked at it: `npm run test:e2e -- looks.spec.ts -u` takes the
 * pictures anew. The one in German is in german.spec.ts.
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

let story: ToldStory
let alertId = ''
test.beforeAll(async () => {
  story = await tellStory()
  await story.advance(leaksMs - story.now() + 10 * 60_000)
  alertId = await story.fastSpend()
})
test.afterAll(() => story.stop())

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme })
    for (const { name, path, sign, act, size } of screens.filter(({ name }) => watched.has(name))) {
      test(`${name} looks as it did`, async ({ page }) => {
        await skipWithOtherFonts(page)
        if (size) await page.setViewportSize(size)
        await story.show(page, path(alertId))
        await act?.(page, inEnglish)
        await expect(sign(page, inEnglish)).toBeVisible()
        await expectLook(page, `${name}-${colorScheme}`)
      })
    }
  })
}
