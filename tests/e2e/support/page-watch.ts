import type { Page } from '@playwright/test'

/** Collects what should never happen in a page: errors, warnings and violations of the content security policy. */
export function watchPage(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // A call that is refused shows as a failed request too; the page says so in its own words.
    if (message.text().startsWith('Failed to load resource')) return
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  return complaints
}
