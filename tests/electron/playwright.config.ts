import { defineConfig } from '@playwright/test'

/** The desktop app in the Electron that it is built for; `npm test` runs this where that is installed. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/electron',
  // One day of one person: each test goes on where the one before it ended.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list']],
})
