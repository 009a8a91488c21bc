import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { createFilm, filmSize } from './support/film.ts'
import { leaksMs, tellStory } from './support/told-story.ts'

/** The moving picture of the README is made only when asked for, so that a test run leaves the tree clean. */
const picture = process.env['TAKE_SCREENSHOTS']
  ? fileURLToPath(new URL('../../docs/screenshots/demo.webp', import.meta.url))
  : null

const minuteMs = 60_000
const clock = (atMs: number) => new Date(atMs).toISOString().slice(11, 16)

test.use({ viewport: filmSize })

test('the story of the README: a key leaks, somebody hears of it, looks and answers', async ({ page }) => {
  const story = await tellStory()
  const film = createFilm()
  await story.show(page, '#/?by=project')
  await expect(page.getByText('All quiet')).toBeVisible()
  await film.take(page, `${clock(story.now())}  A quiet afternoon: today, this month, and what an hour costs.`, 3_000)

  await story.advance(leaksMs - story.now())
  await film.take(page, `${clock(story.now())}  Somebody finds an old key in a public repository.`, 2_500)

  const alert = page.getByRole('listitem').filter({ hasText: 'Critical' }).filter({ hasText: 'Firing' }).first()
  for (let minute = 0; minute < 5 && !(await alert.isVisible()); minute++) {
    await story.advance(minuteMs)
    await page.waitForTimeout(500)
  }
  await expect(alert).toBeVisible()
  await film.take(
    page,
    `${clock(story.now())}  ${Math.round((story.now() - leaksMs) / minuteMs)} minutes later.`,
    3_500,
  )
  expect(story.told.length).toBeGreaterThan(0)

  await alert.getByRole('link').click()
  await expect(page.getByRole('heading', { name: 'What to do' })).toBeVisible()
  await film.take(page, 'How much, since when, and what to do first.', 3_500)
  await page.getByRole('heading', { name: 'Deliveries' }).scrollIntoViewIfNeeded()
  await film.take(page, 'Which model, which project, which key; and who was told.', 3_500)

  await page.getByRole('button', { name: 'Acknowledge' }).click()
  await expect(page.getByRole('button', { name: 'Acknowledge' })).toHaveCount(0)
  await film.take(page, 'Somebody is on it: nobody else is woken.', 2_500)

  await story.show(page, '#/?by=project')
  await expect(page.getByText('Acknowledged').first()).toBeVisible()
  await film.take(page, 'What it cost, to the hour, and who did what stay on this machine.', 2_500)
  if (picture) await film.save(picture)
  await story.stop()
})
