import { FileProblem } from './problem.ts'
import { chooseColumns, type CellsListener } from './source.ts'
import { i18n } from '../../shared/words.ts'

/** A record longer than this is a quote that was never closed. */
const longestRecord = 8_000_000

/**
 * Takes CSV (RFC 4180; LF will do as well) in pieces as they come from a disk, and calls `listener` for every record
 * after the header. Only the columns that are read are cut out of the text, which is what makes it quick.
 */
export function createCsvReader(listener: CellsListener) {
  let rest = ''
  let line = 1
  let reader: ReturnType<typeof createRecordReader> | null = null

  function readRecords(text: string, isLast: boolean): void {
    let from = 0
    while (from < text.length) {
      reader ??= createRecordReader(null)
      const record = reader.read(text, from, isLast)
      if (record === null) break
      if (record.cells.length > 0) {
        if (reader.isHeader) reader = createRecordReader(record.cells)
        else listener(record.cells, line)
      }
      line += record.lines
      from = record.end
    }
    rest = from === 0 ? text : text.slice(from)
    if (rest.length > longestRecord)
      throw new FileProblem(i18n.t('line {line}: a quoted field that begins here does not end.', { line }))
  }

  function createRecordReader(header: readonly string[] | null) {
    const width = header?.length ?? null
    // Some columns are read into two fields, most into none.
    const chosen = header && chooseColumns(header)
    const fieldsOf: number[][] = header ? header.map((name) => indexesOf(chosen ?? [], name)) : []
    const empty = chosen?.map(() => '') ?? []
    return {
      isHeader: header === null,
      /** The record that begins at `from`; null where its end is not there yet. */
      read(text: string, from: number, isLast: boolean): { cells: string[]; end: number; lines: number } | null {
        let end = endOfLine(text, from, isLast)
        if (end === null) return null
        if (isBlank(text, from, end)) return { cells: [], end: end + 1, lines: 1 }
        const cells = [...empty]
        let lines = 1
        let column = 0
        for (let at = from; ; at++) {
          const quoted = text.charCodeAt(at) === quote
          const start = quoted ? at + 1 : at
          let stop: number
          if (quoted) {
            stop = closingQuote(text, start)
            if (stop < 0) {
              if (!isLast) return null
              throw new FileProblem(i18n.t('line {line}: a quoted field does not end.', { line }))
            }
            at = stop + 1
            for (; end < at; lines++) {
              end = endOfLine(text, end + 1, isLast)
              if (end === null) return null
            }
            if (text.charCodeAt(at) === carriageReturn && at + 1 === end) at++
            if (at < end && text.charCodeAt(at) !== comma)
              throw new FileProblem(
                i18n.t('line {line}, field {field}: there is text after a closing quote.', { line, field: column + 1 }),
              )
          } else {
            const next = text.indexOf(',', at)
            at = next < 0 || next > end ? end : next
            stop = at === end && at > start && text.charCodeAt(at - 1) === carriageReturn ? at - 1 : at
          }
          const fields = width === null ? [column] : fieldsOf[column]
          if (fields !== undefined && fields.length > 0) {
            const value = text.slice(start, stop)
            for (const field of fields) cells[field] = quoted ? value.replaceAll('""', '"') : value
          }
          column++
          if (at >= end) break
        }
        if (width !== null && column !== width)
          throw new FileProblem(
            i18n.t('line {line}: it has {fields} fields, and the first line has {width}.', {
              line,
              fields: column,
              width,
            }),
          )
        return { cells, end: end + 1, lines }
      },
    }
  }

  return {
    push: (text: string) => readRecords(rest + text, false),
    /** After the last piece. Answers nothing; a file without a header is a problem. */
    end() {
      if (rest !== '') readRecords(rest, true)
      if (reader === null || reader.isHeader) throw new FileProblem(i18n.t('it is empty.'))
    },
  }
}

const quote = 34
const comma = 44
const carriageReturn = 13

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text.charCodeAt(at + 1) !== quote) return at
  }
  return -1
}

/** Where the line ends; null where the rest of it is still to come. */
function endOfLine(text: string, from: number, isLast: boolean): number | null {
  const end = text.indexOf('\n', from)
  return end >= 0 ? end : isLast ? text.length : null
}

function isBlank(text: string, from: number, end: number): boolean {
  return end === from || (end === from + 1 && text.charCodeAt(from) === carriageReturn)
}

function indexesOf(names: readonly (string | null)[], name: string): number[] {
  return names.flatMap((one, at) => (one === name ? [at] : []))
}
