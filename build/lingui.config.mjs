import { defineConfig } from '@lingui/cli'
import { formatter } from '@lingui/format-po'
import { inRoot } from './project.mjs'

// The words of the interface: docs/translating.md.
export default defineConfig({
  rootDir: inRoot('.'),
  sourceLocale: 'en',
  locales: ['en', 'de'],
  catalogs: [
    { path: inRoot('shared/locales/page/{locale}'), include: [inRoot('renderer'), inRoot('shared')] },
    // What the guard itself says: alerts, messages, the tray.
    { path: inRoot('shared/locales/guard/{locale}'), include: [inRoot('electron'), inRoot('shared')] },
  ],
  // By the text, not by the line of code: a change elsewhere leaves a catalogue as it is.
  orderBy: 'message',
  format: formatter({ lineNumbers: false }),
})
