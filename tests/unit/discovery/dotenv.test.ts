import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDotenvReader, isDotenv } from '../../../electron/discovery/dotenv.ts'

function namesIn(...pieces: string[]): string[] {
  const reader = createDotenvReader()
  for (const piece of pieces) reader.feed(piece)
  return reader.names()
}

describe('names of a dotenv file', () => {
  it('stand before the equals sign', () => {
    expect(namesIn('A=1\nexport B = "2"\r\n  C=\n\nD=x=y\n')).toEqual(['A', 'B', 'C', 'D'])
  })

  it('are not taken from comments or from lines that set nothing', () => {
    expect(namesIn('# A=1\nB\nif [ "$X" = 1 ]; then\n\talias c=d\n1E=2\n-F=3\n')).toEqual([])
  })

  it('are not taken from a value that spans lines', () => {
    expect(namesIn('A="one\nB=two\n\\" C=three\n"\nD=`\nE=1\n`\nF=\'\nG=1\n\'\nH=1')).toEqual(['A', 'D', 'F', 'H'])
  })

  it('may be cut anywhere by the pieces a file comes in', () => {
    expect(namesIn('OPENAI_', 'API_KEY', '="a\n', 'B=1"\nC', '=1')).toEqual(['OPENAI_API_KEY', 'C'])
  })

  it('may follow a byte order mark', () => {
    expect(namesIn('\ufeffA=1')).toEqual(['A'])
  })

  it('are doubted when a quote is never closed', () => {
    const reader = createDotenvReader()
    reader.feed('A="open\nB=1\n')
    expect(reader.names()).toEqual(['A'])
    expect(reader.doubt()).toContain('never closed')
    const sound = createDotenvReader()
    sound.feed("A='x'\n")
    expect(sound.doubt()).toBeNull()
  })

  it('are doubted in a file that is no text, such as one that a Windows shell wrote in UTF-16', () => {
    const reader = createDotenvReader()
    reader.feed(Buffer.from('\ufeffA=1\nB=2\n', 'utf16le').toString('utf8'))
    expect(reader.names()).toEqual([])
    expect(reader.doubt()).toContain('UTF-8')
  })

  it('never hold a piece of a quoted value, whatever it is', () => {
    const quote = fc.constantFrom('"', "'", '`')
    const line = fc.oneof(
      fc.string(),
      fc.string().map((text) => `CANARY_${text}=1`),
    )
    fc.assert(
      fc.property(quote, fc.array(line), (mark, lines) => {
        const value = lines.join('\n').replaceAll('\\', '').replaceAll(mark, '')
        expect(namesIn(`BEFORE=1\nA=${mark}${value}${mark}\nAFTER=1\n`)).toEqual(['BEFORE', 'A', 'AFTER'])
      }),
    )
  })

  it('of any text at all are short words', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'Ab_1=:. \t\n\r\'"`\\#é😀'), maxLength: 200 }), (text) => {
        expect(namesIn(text).filter((name) => !/^[A-Za-z_]\w{0,99}$/.test(name))).toEqual([])
      }),
    )
  })
})

describe('a dotenv file', () => {
  it('is known by its name', () => {
    for (const name of ['.env', '.env.local', '.env.production', 'prod.env', '.envrc', '.dev.vars'])
      expect(isDotenv(name)).toBe(true)
    for (const name of ['.env.example', '.env.sample', '.envoy', 'environment', '.environment'])
      expect(isDotenv(name)).toBe(false)
  })
})
