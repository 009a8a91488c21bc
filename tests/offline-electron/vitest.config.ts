import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** One day of one person, so each test goes on where the one before it ended, and the first failure ends it. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('.', import.meta.url)),
    include: ['*.test.ts'],
    // All of them look at the same desktop.
    fileParallelism: false,
    bail: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000, interval: 200 } },
  },
})
