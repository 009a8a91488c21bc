import { expect, test, type Page } from '@playwright/test'
import { expectLook, skipWithOtherFonts } from './support/looks.ts'
import { screens } from './support/screens.ts'
import { leaksMs, tellStory, type ToldStory } from './support/told-story.ts'
import { inGerman, speakGerman, wordsOf } from './support/words.ts'

/**
 * Every screen, in German: what is still English stands out by its words, wherever it comes from. Words that only English
 * texts of the catalogues have are taken for English, short ones ("the", "not", "was") above all.
 */
const say = inGerman()
const english = englishWords()
/** What people, providers and programs call things is said as it is. */
const names =
  /OpenAI production|Anthropic support|Anna’s phone|Support week|Product|Support|web-app|~\/\S+|Profil work|AGPL-3\.0-only|costs(?=\t)/g

let story: ToldStory
let alertId = ''
let speakEnglish = () => {}
test.beforeAll(async () => {
  speakEnglish = speakGerman()
  story = await tellStory()
  await story.advance(leaksMs - story.now() + 10 * 60_000)
  alertId = await story.fastSpend()
})
test.afterAll(async () => {
  await story.stop()
  speakEnglish()
})

test.use({ locale: 'de-DE' })

for (const { name, path, sign, act, size } of screens)
  test(`${name} says nothing in English`, async ({ page }) => {
    if (size) await page.setViewportSize(size)
    await story.show(page, path(alertId))
    await act?.(page, say)
    await expect(sign(page, say)).toBeVisible()
    expect(await leftoversOf(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  })

/** Narrow, and the first thing that many see: where longer words break something first. */
test('the popover looks as it did', async ({ page }) => {
  await skipWithOtherFonts(page)
  const popover = screens.find(({ name }) => name === 'popover')
  if (!popover?.size) throw new Error('there is no popover')
  await page.setViewportSize(popover.size)
  await story.show(page, popover.path(alertId))
  await expect(popover.sign(page, say)).toBeVisible()
  await expectLook(page, 'popover-german')
})

/** Lines with English words in them. */
async function leftoversOf(page: Page): Promise<string[]> {
  const lines = await page.evaluate(() => {
    const named = [...document.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap((element) =>
      ['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? ''),
    )
    return [...document.body.innerText.split('\n'), ...named]
  })
  return [...new Set(lines)].filter((line) => lettersOf(line.replaceAll(names, ' ')).some((word) => english.has(word)))
}

function englishWords(): Set<string> {
  const words = [...wordsOf('page'), ...wordsOf('guard')]
  // Of weekdays, which the catalogues need not name.
  const german = new Set(['do', ...words.flatMap((one) => lettersOf(one.german))])
  return new Set(
    words
      .filter((one) => one.text !== one.german)
      .flatMap((one) => lettersOf(one.text).filter((word) => !german.has(word))),
  )
}

/** Words, without what stands in holes and commands. */
function lettersOf(text: string): string[] {
  return (
    text
      .replaceAll(/\{[^{}]*\}|spend-guard [\w -]+/g, ' ')
      .toLowerCase()
      .match(/\p{L}{2,}/gu) ?? []
  )
}
