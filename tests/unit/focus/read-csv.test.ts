import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCsvReader } from '../../../electron/focus/read-csv.ts'
import { importColumns, importFields, type ImportField } from '../../../electron/focus/source.ts'

const header = importFields.map((field) => (field === 'model' ? 'x_Model' : importColumns[field].names[0]))

/** What is read of a text that comes in pieces of a size. */
function read(text: string, size = text.length): { cells: string[]; line: number }[] {
  const found: { cells: string[]; line: number }[] = []
  const reader = createCsvReader((cells, line) => found.push({ cells: [...cells], line }))
  for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size))
  reader.end()
  return found
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
const row = (change: Partial<Record<ImportField, string>> = {}) => importFields.map((field) => change[field] ?? 'x')

describe('reading CSV', () => {
  it('gives back every text that can be written, in pieces of any size', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ß', '"', ',', '\n', '\r', ' ', '😀'), maxLength: 6 })
    const rows = fc.array(fc.array(cell, { minLength: header.length, maxLength: header.length }), { maxLength: 4 })
    const style = fc.record({
      end: fc.constantFrom('\r\n', '\n'),
      last: fc.boolean(),
      size: fc.integer({ min: 1, max: 99 }),
    })
    fc.assert(
      fc.property(rows, style, (cells, { end, last, size }) => {
        const text = [header, ...cells].map((one) => one.map(quoted).join(',')).join(end) + (last ? end : '')
        expect(read(text, size).map((one) => one.cells)).toEqual(cells)
      }),
    )
  })

  it('takes plain fields as they stand, columns in any order, and leaves the ones it does not know', () => {
    const strange = ['Tags', ...header.toReversed(), 'x_Other']
    const cells = row({ issuer: 'Zoë "Z" GmbH' })
    const text = `${strange.join(',')}\r\n"{""a"":""1,2""}",${cells.toReversed().map(quoted).join(',')},\r\n`
    expect(read(text, 7)[0]?.cells).toEqual(cells)
    expect(read(`${header.join(',')}\n${row().join(',')}\n`)[0]?.cells).toEqual(row())
  })

  it('counts the lines of the file, also those inside of quotes and blank ones', () => {
    const text = [header.join(','), row({ description: '"a\r\nb\nc"' }).join(','), '', row().join(',')].join('\r\n')
    for (const size of [1, 5, 10_000]) expect(read(text, size).map((one) => one.line)).toEqual([2, 6])
  })

  it.each([
    ['', 'it is empty'],
    ['BilledCost,Day\n1,2\n', 'BillingCurrency, BillingAccountId'],
    [`${header.join(';')}\n`, 'between its fields there is no comma'],
    [`${header.join(',')},BilledCost\n`, 'BilledCost twice'],
    [`${header.join(',')}\n${row().join(',')}\n1,2\n`, 'line 3: it has 2 fields'],
    [`${header.join(',')}\n"${row().join(',')}\n`, 'line 2: a quoted field does not end'],
    [`${header.join(',')}\n"a"b,2\n`, 'line 2, field 1: there is text after a closing quote'],
  ])('says what is wrong with %j', (text, words) => {
    expect(() => read(text)).toThrow(words)
  })
})
