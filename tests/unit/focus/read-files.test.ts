import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { readFiles } from '../../../electron/focus/read-files.ts'
import { charge, focusFile, linesOf } from './focus-file.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'spend-guard-focus-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Made with pyarrow 26 from FOCUS 1.0 columns; see the names for what is odd about each. */
const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}.parquet`, import.meta.url))

function file(name: string, content: string | Buffer): string {
  const at = path.join(folder, name)
  writeFileSync(at, content)
  return at
}

async function read(...files: string[]) {
  const collector = await readFiles(files, () => undefined)
  return collector.ok ? linesOf(collector.value) : collector.failure.message
}

const text = focusFile(charge(3, 0, '1.25'), charge(4, 0, '2', { ServiceName: 'Modèles', ChargeDescription: 'a\nb' }))
const lines = ['acct-1 2026-11-03 1.25 USD meter | Models / Tokens', 'acct-1 2026-11-04 2 USD meter | Modèles / a\nb']

describe('reading files', () => {
  it.each([
    ['CSV', 'plain.csv', text],
    ['CSV with a byte order mark, as spreadsheets write it', 'bom.csv', `\uFEFF${text}`],
    ['gzipped CSV', 'zipped.csv.gz', gzipSync(text)],
    [
      'gzipped CSV of several members, under any name',
      'parts',
      Buffer.concat([gzipSync(text.slice(0, 300)), gzipSync(text.slice(300))]),
    ],
  ])('takes %s', async (_what, name, content) => {
    expect(await read(file(name, content))).toEqual(lines)
  })

  it('adds up the parts of one delivery', async () => {
    const [first = ''] = lines
    const parts = [file('a.csv', text), file('b.csv', focusFile(charge(3, 5, '0.75')))]
    expect(await read(...parts)).toEqual([first.replace('1.25', '2'), lines[1]])
  })

  it('takes decimals of Parquet to the last digit, whatever they are stored in', async () => {
    expect(await read(fixture('decimals-zstd'))).toEqual([
      // 0.123456789012345678 - 1234567890.000000001, each rounded to a nano
      'acct 2026-11-03 -1234567889.876543212 USD m1 | Models',
      'acct 2026-11-04 0.000000001 USD - | Tax: Models',
      'acct 2026-11-04 1 EUR - | Credit: Models',
      'acct 2026-11-05 0 EUR m2 | Models',
    ])
  })

  it('takes a double of Parquet for the decimal that it was written from', async () => {
    expect(await read(fixture('doubles-snappy'))).toContain('acct 2026-11-03 0.10000025 USD m1 | Models')
  })

  it('names the row where an amount of Parquet is missing', async () => {
    expect(await read(fixture('null-amount-gzip'))).toContain('row 5, column BilledCost: it is empty')
  })

  it.each([
    ['a ZIP archive', Buffer.from('PK\x03\x04rest'), 'ZIP archive'],
    ['half a gzip', gzipSync(text.repeat(50)).subarray(0, 200), 'damaged or cut short'],
    ['half a Parquet file', Buffer.from('PAR1 and then nothing'), 'cannot be read'],
    ['Latin-1', Buffer.from(text, 'latin1'), 'not UTF-8'],
    ['another compression', brotliCompressSync(text), 'cannot be imported'],
    ['nothing', '', 'it is empty'],
  ])('says of %s what it is, and names the file', async (_what, content, words) => {
    const said = await read(file('odd', content))
    expect(said).toContain(words)
    expect(said).toContain('odd')
  })

  it('says of a file that is not there where it was looked for', async () => {
    expect(await read(path.join(folder, 'none.csv'))).toContain(path.join(folder, 'none.csv'))
    expect(await read(folder)).toContain('no ordinary file')
  })
})
