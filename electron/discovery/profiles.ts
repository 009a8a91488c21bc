import { i18n } from '../../shared/words.ts'
import type { NameReader } from './dotenv.ts'

/** `[default]`, `[profile work]`: the profiles of the AWS files. Sections that are no profile are left out. */
export function createSectionReader(): NameReader {
  return createLineReader((line) => {
    const section = /^\[\s*([^\]]{1,100}?)\s*\]/.exec(line)?.[1]
    if (section === undefined || /^(sso-session|services|plugins|preview)\b/.test(section)) return null
    return i18n.t('profile {name}', { name: section.replace(/^profile /, '') })
  }, '[')
}

/** `github.com:` at the very left of hosts.yml; tokens and users are indented under it. */
export function createHostReader(): NameReader {
  return createLineReader((line) => /^([a-z0-9-]+(?:\.[a-z0-9-]+)+):\s*$/i.exec(line)?.[1] ?? null)
}

/** `config_work`: gcloud names a file after each configuration. */
export function configurationName(file: string): string | null {
  const name = /^config_([\w-]{1,100})$/.exec(file)?.[1]
  return name === undefined ? null : i18n.t('configuration {name}', { name })
}

const longestLine = 200

/** Looks at lines that begin like a name; of all others not even the beginning is kept. */
function createLineReader(nameOf: (line: string) => string | null, first?: string): NameReader {
  const found = new Set<string>()
  let line = ''
  let passed = false
  const end = () => {
    const name = passed ? null : nameOf(line)
    if (name !== null) found.add(name)
    line = ''
    passed = false
  }
  return {
    feed(piece) {
      for (const character of piece) {
        if (character === '\n' || character === '\r') end()
        else if (!passed) {
          if (line === '') passed = first === undefined ? /[\s#]/.test(character) : character !== first
          line = passed || line.length >= longestLine ? '' : line + character
          if (line === '') passed = true
        }
      }
    },
    names() {
      end()
      return [...found]
    },
    doubt: () => null,
  }
}
