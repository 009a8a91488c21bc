import { csvCell } from '../../shared/csv-cell.ts'

/** A table of plain values: what stands on the screen, for the clipboard, a file and sorting. */
export interface Sheet {
  columns: readonly string[]
  rows: readonly SheetRow[]
}

export interface SheetRow {
  key: string
  /** Text, or amounts as decimal text; null is unknown. */
  cells: readonly (string | null)[]
}

export interface SheetOrder {
  column: number
  isDown: boolean
}

/** For a spreadsheet: cells that it could take for formulas are made harmless. */
export function sheetText({ columns, rows }: Sheet, format: 'csv' | 'tsv'): string {
  const cell =
    format === 'csv'
      ? csvCell
      : (text: string) => csvCell(text.replace(/[\t\r\n]+/g, ' ')).replace(/^"(.*)"$/s, unquoted)
  const separator = format === 'csv' ? ',' : '\t'
  const lines = [columns, ...rows.map(({ cells }) => cells)].map((cells) =>
    cells.map((text) => cell(text ?? '')).join(separator),
  )
  return `${lines.join('\r\n')}\r\n`
}

/** Cells of a tab-separated text need no quotes. */
function unquoted(_all: string, inside: string): string {
  return inside.replaceAll('""', '"')
}

/** By numbers where a column has them, otherwise by text; what is unknown comes last either way. */
export function sortRows<T extends SheetRow>(rows: readonly T[], { column, isDown }: SheetOrder): T[] {
  const compare = (a: string, b: string) => {
    const [left, right] = [Number(a), Number(b)]
    return Number.isNaN(left) || Number.isNaN(right) ? a.localeCompare(b) : left - right
  }
  return [...rows].sort((one, other) => {
    const [a, b] = [one.cells[column] ?? null, other.cells[column] ?? null]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    return isDown ? compare(b, a) : compare(a, b)
  })
}
