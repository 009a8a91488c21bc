import { parquetMetadataAsync, parquetRead, type AsyncBuffer, type FileMetaData } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { FileProblem } from './problem.ts'
import { chooseColumns, type CellsListener } from './source.ts'
import { i18n } from '../../shared/words.ts'

/** Rows that are decoded at once where a row group is longer: some tens of megabytes. */
const rowsAtOnce = 100_000

type Column = Extract<FileMetaData['schema'][number], object>

/** Reads the columns that matter of a Parquet file, row group by row group. `line` counts rows from 1. */
export async function readParquet(file: AsyncBuffer, listener: CellsListener): Promise<void> {
  const metadata = await parquetMetadataAsync(file)
  const columns = topColumns(metadata)
  const chosen = chooseColumns([...columns.keys()])
  const names = [...new Set(chosen.filter((name) => name !== null))]
  const texts = names.map((name) => textOf(name, columns.get(name)))
  const places = chosen.map((name) => (name === null ? -1 : names.indexOf(name)))
  for (const column of columns.values()) readAsStored(column)

  let line = 0
  for (const group of metadata.row_groups) {
    const groupEnd = line + Number(group.num_rows)
    while (line < groupEnd) {
      const rowEnd = Math.min(groupEnd, line + rowsAtOnce)
      const rows = await rowsOf({ file, metadata, names, rowStart: line, rowEnd })
      if (rows.length !== rowEnd - line)
        throw new FileProblem(i18n.t('rows {from} to {to} are not all there.', { from: line + 1, to: rowEnd }))
      for (const row of rows) {
        const cells = row.map((value, at) => texts[at]?.(value, line + 1) ?? '')
        listener(
          places.map((place) => cells[place] ?? ''),
          ++line,
        )
      }
    }
  }
}

interface Stretch {
  file: AsyncBuffer
  metadata: FileMetaData
  names: string[]
  rowStart: number
  rowEnd: number
}

async function rowsOf({ names, ...stretch }: Stretch): Promise<unknown[][]> {
  let rows: unknown[][] = []
  await parquetRead({
    ...stretch,
    columns: names,
    compressors,
    // Bytes are decoded by us, where it is known whether they are a text or a number.
    utf8: false,
    // Long row groups are read bit by bit where the file says which pages hold which rows.
    useOffsetIndex: true,
    rowFormat: 'array',
    onComplete: (found: unknown[][]) => (rows = found),
  })
  return rows
}

/** The columns of the file that are no structures, by name. */
function topColumns(metadata: FileMetaData): Map<string, Column> {
  const columns = new Map<string, Column>()
  const elements = metadata.schema
  for (let at = 1; at < elements.length; at = afterTree(elements, at)) {
    const element = elements[at]
    if (element && !element.num_children) columns.set(element.name, element)
  }
  return columns
}

function afterTree(elements: readonly Column[], at: number): number {
  let next = at + 1
  for (let child = 0; child < (elements[at]?.num_children ?? 0); child++) next = afterTree(elements, next)
  return next
}

/** The reader makes decimals floats. Without the mark of a decimal it gives the integers that are stored. */
function readAsStored(column: Column): void {
  if (!isDecimal(column)) return
  delete column.converted_type
  delete column.logical_type
}

function isDecimal(column: Column): boolean {
  return column.converted_type === 'DECIMAL' || column.logical_type?.type === 'DECIMAL'
}

const decoder = new TextDecoder('utf-8', { fatal: true })

/** How a value of a column becomes the text that it would be in CSV; empty for null. */
function textOf(name: string, column: Column | undefined): (value: unknown, line: number) => string {
  const logical = column?.logical_type
  const scale = column && isDecimal(column) ? (logical?.type === 'DECIMAL' ? logical.scale : (column.scale ?? 0)) : null
  return (value, line) => {
    if (value === null || value === undefined) return ''
    if (scale !== null) {
      const digits = value instanceof Uint8Array ? integerOf(value) : BigInt(value as number | bigint)
      return `${digits}E-${scale}`
    }
    if (typeof value === 'string') return value
    if (value instanceof Date) return value.toISOString()
    if (value instanceof Uint8Array) return decode(value, name, line)
    // A double is the shortest decimal that names it, which is what its writer meant.
    if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
    throw new FileProblem(i18n.t('column {name} holds no plain values.', { name }))
  }
}

/** Dictionaries give the same bytes for the same text again and again. */
const decoded = new WeakMap<Uint8Array, string>()

function decode(bytes: Uint8Array, name: string, line: number): string {
  const known = decoded.get(bytes)
  if (known !== undefined) return known
  try {
    const text = decoder.decode(bytes)
    decoded.set(bytes, text)
    return text
  } catch {
    throw new FileProblem(i18n.t('row {line}, column {name}: the text is not UTF-8.', { line, name }))
  }
}

/** Big-endian two's complement, as decimals are stored in bytes. */
function integerOf(bytes: Uint8Array): bigint {
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  return BigInt.asIntN(Math.max(bytes.length, 1) * 8, value)
}
