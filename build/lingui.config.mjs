import { defineConfig } from '@lingui/cli'
import { inRoot } from './project.mjs'

// The words of the interface: docs/translating.md.
export default defineConfig({
  rootDir: inRoot('.'),
  sourceLocale: 'en',
  locales: ['en', 'de'],
  catalogs: [
    {
      path: '<rootDir>/shared/locales/{locale}',
      include: ['<rootDir>/renderer', '<rootDir>/electron/shell', '<rootDir>/shared'],
    },
  ],
  orderBy: 'origin',
})
