import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { formatter } from '@lingui/format-po'
import { compileMessageOrThrow, type CompiledMessage } from '@lingui/message-utils/compileMessage'
import { describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('../../shared/locales/', import.meta.url))
const sources = fileURLToPath(new URL('../../electron/', import.meta.url))
const catalogues = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.po'))

/** Names of what is filled in, also within the branches of a plural, and tags. Throws where it cannot be read. */
function holesOf(text: string): string[] {
  const names = new Set<string>(text.match(/<\/?\d+\/?>/g))
  const collect = (message: CompiledMessage) => {
    for (const token of message) {
      if (typeof token === 'string') continue
      const [name, , branches] = token
      names.add(name)
      if (branches !== null && typeof branches === 'object')
        for (const branch of Object.values(branches)) if (Array.isArray(branch)) collect(branch as CompiledMessage)
    }
  }
  collect(compileMessageOrThrow(text))
  return [...names].sort()
}

describe.each(catalogues.map((file) => [file]))('the catalogue %s', (file) => {
  const read = formatter().parse(readFileSync(`${folder}${file}`, 'utf8'), {
    locale: file.slice(-5, -3),
    sourceLocale: 'en',
    filename: file,
  })
  const entries = Object.entries('then' in read ? {} : read)

  it('fills in the same as the text it translates', () => {
    expect(entries.length).toBeGreaterThan(0)
    const differing = entries
      .map(([id, { message, translation }]) => [message || id, translation ?? ''] as const)
      .filter(([text, translation]) => holesOf(text).join() !== holesOf(translation).join())
    expect(differing).toEqual([])
  })
})

/** Sentences of what failed that stand as bare texts, so that no catalogue knows them. */
function bareIn(file: string): string[] {
  const text = readFileSync(`${sources}${file}`, 'utf8')
  return (text.match(/\bfail\(\s*'[a-z-]+',\s*['"`][^\n]*/g) ?? []).map((one) => `${file}: ${one}`)
}

describe('what a failure says', () => {
  // The command line speaks English, and so does what only a program that misuses the server hears.
  const isEnglish = (file: string) => /^(cli|replay)\/|^api\/server/.test(file)
  it('comes from the catalogues', () => {
    const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !isEnglish(file.replaceAll('\\', '/')),
    )
    expect(files.length).toBeGreaterThan(300)
    expect(files.flatMap(bareIn)).toEqual([])
  })
})
