import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { formatter } from '@lingui/format-po'
import { i18n } from '@lingui/core'

const folder = fileURLToPath(new URL('../../../shared/locales/', import.meta.url))

/** A text of the app as it reads in some language, with its holes filled in. */
export type Say = (text: string, holes?: Readonly<Record<string, string>>) => string

export const inEnglish: Say = (text, holes = {}) => text.replaceAll(/\{(\w+)\}/g, (hole, name) => holes[name] ?? hole)

/** What the page says in German. A text that the page does not have fails: the test would look for what cannot be there. */
export function inGerman(): Say {
  const german = new Map(wordsOf('page').map(({ text, german }) => [text, german]))
  return (text, holes) => {
    const said = german.get(text)
    if (said === undefined) throw new Error(`The page does not say "${text}".`)
    return inEnglish(said, holes)
  }
}

/** The guard of this process speaks German from now on, until what is answered is called. Its own import wants a bundler. */
export function speakGerman(): () => void {
  i18n.loadAndActivate({
    locale: 'de',
    messages: Object.fromEntries(wordsOf('guard').map(({ text, german }) => [text, german])),
  })
  return () => i18n.loadAndActivate({ locale: 'en', messages: {} })
}

export function wordsOf(catalogue: 'page' | 'guard'): { text: string; german: string }[] {
  const filename = `${folder}${catalogue}/de.po`
  const read = formatter().parse(readFileSync(filename, 'utf8'), { locale: 'de', sourceLocale: 'en', filename })
  return Object.entries('then' in read ? {} : read).map(([id, { message, translation }]) => ({
    text: message || id,
    german: translation ?? '',
  }))
}
