import { describe, expect, it } from 'vitest'
import { sheetText, sortRows } from '../../../../renderer/charts/sheet.ts'

const rows = [
  { key: 'a', cells: ['2026-11-01', '9.5'] },
  { key: 'b', cells: ['2026-11-02', null] },
  { key: 'c', cells: ['2026-11-03', '10'] },
]

describe('a table taken out', () => {
  const sheet = { columns: ['Name', 'Spend'], rows: [{ key: '1', cells: ['=SUM(A1)\t"x",y', null] }] }

  it('is CSV that no spreadsheet takes for a formula, with nothing where nothing is known', () => {
    expect(sheetText(sheet, 'csv')).toBe('Name,Spend\r\n"\'=SUM(A1)\t""x"",y",\r\n')
  })

  it('is text with tabs between cells, and none in them', () => {
    expect(sheetText(sheet, 'tsv')).toBe('Name\tSpend\r\n\'=SUM(A1) "x",y\t\r\n')
  })
})

describe('the order of a table', () => {
  const keys = (column: number, isDown: boolean) => sortRows(rows, { column, isDown }).map(({ key }) => key)

  it('is by number where a column has numbers, and by text elsewhere', () => {
    expect(keys(1, false)).toEqual(['a', 'c', 'b'])
    expect(keys(0, true)).toEqual(['c', 'b', 'a'])
  })

  it('has what is unknown last, either way', () => {
    expect(keys(1, true)).toEqual(['c', 'a', 'b'])
  })
})
