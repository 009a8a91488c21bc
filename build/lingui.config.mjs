import { createBabelExtractor } from '@lingui/cli/api/extractors/babel'
import { defineConfig } from '@lingui/cli'
import { formatter } from '@lingui/format-po'
import { inRoot } from './project.mjs'

const code = createBabelExtractor()

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
  extractors: [
    {
      match: (file) => /[\\/]shared[\\/]/.test(file) && code.match(file),
      async extract(file, source, onMessage, context) {
        await code.extract(file, source, onMessage, context)
        for (const id of textsOf(source)) onMessage({ id, origin: [file, 1] })
      },
    },
    code,
  ],
  // By the text, not by the line of code: a change elsewhere leaves a catalogue as it is.
  orderBy: (a, b) => (textOf(a) < textOf(b) ? -1 : 1),
  format: formatter({ lineNumbers: false }),
})

const textOf = ({ messageId, entry }) => `${entry.message || messageId} ${entry.context ?? ''}`

/**
 * What is said of providers, channels and failures stands in tables of plain data, and what is wrong with an entry in its
 * schema: sentences of a few known properties, and the words of choices.
 */
function textsOf(source) {
  const fields = /\b(?:help|stopHelp|hint|label|name|error):\s*'([^']*)'/g
  const choices = [...source.matchAll(/\bchoices: \{([^}]*)\}/g)].flatMap(([, list]) => [
    ...list.matchAll(/: '([^']*)'/g),
  ])
  const titles = /failureTitles[^{]*\{([^}]*)\}/.exec(source)?.[1] ?? ''
  return [...source.matchAll(fields), ...choices, ...titles.matchAll(/: '([^']*)'/g)]
    .map(([, text]) => text)
    .filter((text) => /\p{L}{2}.*\p{L}{2}/u.test(text) && !/[{}…]|^\S*[_\d]\S*$/.test(text))
}
