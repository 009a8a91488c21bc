import { defineConfig } from '@playwright/test'
import { launchOptions } from './tests/e2e/support/chromium.ts'

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // One set of pictures; where fonts differ, tests/e2e/looks.spec.ts says so and skips.
  snapshotPathTemplate: '{testDir}/looks/{arg}{ext}',
  globalSetup: ['./tests/e2e/support/build-page.ts', './tests/own-temp.ts'],
  // Each test runs a whole guard of its own.
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list']],
  use: {
    locale: 'en-US',
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 900 },
    trace: 'retain-on-failure',
    launchOptions,
  },
})
