import { i18n } from '../../shared/words.ts'
/** Takes a text piece by piece and keeps nothing of it but names. */
export interface NameReader {
  feed(piece: string): void
  names(): string[]
  /** Why names may be missing; null when all of it was understood. */
  doubt(): string | null
}

type State = 'start' | 'name' | 'after-name' | 'before-value' | 'quoted' | 'escaped' | 'rest'

const longestName = 100

/**
 * Names of the variables of a dotenv or shell file. It goes character by character and holds on to nothing behind an
 * equals sign, so no value is ever a string of ours. A quoted value may span lines; a backslash always escapes in it,
 * because ending a quote too early would take a line of a value for a name, and ending it too late only misses one.
 */
export function createDotenvReader(): NameReader {
  const found = new Set<string>()
  let state: State = 'start'
  let name = ''
  let quote = ''
  let isText = true

  const next: Record<State, (character: string) => State> = {
    start(character) {
      if (/[\s\ufeff]/.test(character)) return 'start'
      name = character
      return /[A-Za-z_]/.test(character) ? 'name' : 'rest'
    },
    name(character) {
      if (/\w/.test(character)) {
        name += character
        return name.length > longestName ? 'rest' : 'name'
      }
      return next['after-name'](character)
    },
    'after-name'(character) {
      if (character === ' ' || character === '\t') return 'after-name'
      if (character === '=') {
        found.add(name)
        name = ''
        return 'before-value'
      }
      if (name === 'export' && /[A-Za-z_]/.test(character)) return next.start(character)
      return next.rest(character)
    },
    'before-value'(character) {
      if (character === ' ' || character === '\t') return 'before-value'
      quote = character
      return `'"\``.includes(character) ? 'quoted' : next.rest(character)
    },
    quoted(character) {
      if (character === '\\') return 'escaped'
      return character === quote ? 'rest' : 'quoted'
    },
    escaped: () => 'quoted',
    rest: (character) => (character === '\n' || character === '\r' ? 'start' : 'rest'),
  }

  return {
    feed(piece) {
      isText &&= !piece.includes('\0')
      for (const character of piece) state = next[state](character)
    },
    names: () => [...found],
    doubt: () => {
      if (!isText) return i18n.t('It is no text in UTF-8, so that names may be missing.')
      return state === 'quoted' || state === 'escaped'
        ? i18n.t('A quote in it is never closed; what follows was passed over.')
        : null
    },
  }
}

/** Files that people call a dotenv file. Those made to be shared hold no keys. */
export function isDotenv(file: string): boolean {
  if (/\.(example|sample|template|tpl|dist|defaults?|schema)$/i.test(file)) return false
  return /^\.env(\..+)?$|^\.envrc$|^\.dev\.vars(\..+)?$|.\.env$/i.test(file)
}
