import { expect, test as base, type Page } from '@playwright/test'
import { watchPage } from './page-watch.ts'
import { serveGuard, type ServedGuard } from './serve.ts'

interface Parts {
  /** A new guard that knows nothing. */
  guard: ServedGuard
  /** A page that came in by the door; ends with a look at what it complained about. */
  app: Page
}

export const test = base.extend<Parts>({
  // Playwright wants the braces, also when a fixture needs no other.
  // oxlint-disable-next-line no-empty-pattern
  guard: async ({}, use) => {
    const guard = await serveGuard()
    await use(guard)
    await guard.stop()
  },
  app: async ({ page, guard }, use) => {
    const complaints = watchPage(page)
    await page.goto(guard.door)
    await use(page)
    expect(complaints).toEqual([])
    await expect(page.getByText('The guard cannot be reached')).toHaveCount(0)
  },
})

export { expect }
