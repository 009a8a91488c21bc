import { readFileSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { fail } from '../../shared/failures.ts'
import { minuteMs } from '../../shared/time.ts'
import { createSpendWatch, observe, type SpendWatch } from '../detection/anomaly/spend-watch.ts'
import { createSurprise, surpriseOf } from '../detection/anomaly/surprise.ts'
import type { CommandContext } from './program.ts'
import { CommandFailure } from './run.ts'

export function detectCommand(program: Command, { terminal }: CommandContext): void {
  program
    .command('detect')
    .description('run the anomaly model over a series: adds the columns anomaly_score and alert')
    .argument('<in>', 'CSV with the columns timestamp and value, and received_at where values are revised')
    .argument('<out>', 'where to write the same rows')
    .action((input: string, output: string) => {
      const text = attempt(`The file ${input} cannot be read`, () => readFileSync(input, 'utf8'))
      const { lines, alerts } = detect(text)
      attempt(`The file ${output} cannot be written`, () => writeFileSync(output, `${lines.join('\n')}\n`))
      const rows = lines.length - 1
      terminal.print(terminal.json ? JSON.stringify({ rows, alerts }) : `${rows} rows, ${alerts} alerts.`)
    })
}

function attempt<T>(what: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    const code = (error as { code?: string }).code ?? 'unknown'
    throw new CommandFailure(fail('invalid-input', `${what} (${code}).`))
  }
}

interface Row {
  startMs: number
  value: number
  receivedMs: number | null
}

/** Row by row, as if nothing came after it. */
function detect(text: string): { lines: string[]; alerts: number } {
  const [header = '', ...rows] = text.split(/\r?\n/).filter((line) => line !== '')
  const read = rowReader(header)
  const surprise = createSurprise()
  const watching = watchWhenWidthIsKnown()
  let alerts = 0
  let wasOn = false
  let newestMs = -Infinity
  const lines = [`${header},anomaly_score,alert`]
  for (const [at, line] of rows.entries()) {
    const row = read(line, at + 2)
    const isRevision = row.receivedMs !== null && row.startMs <= newestMs
    newestMs = Math.max(newestMs, row.startMs)
    const score = isRevision ? 0 : surpriseOf(surprise, row.startMs, row.value)
    const isOn = watching(row)
    if (isOn && !wasOn) alerts++
    wasOn = isOn
    lines.push(`${line},${score.toFixed(6)},${isOn ? 1 : 0}`)
  }
  return { lines, alerts }
}

/** The width is the delay of the first row, or else the first step between two rows; until then nothing is said. */
function watchWhenWidthIsKnown(): (row: Row) => boolean {
  let watch: SpendWatch | null = null
  const waiting: Row[] = []
  return (row) => {
    waiting.push(row)
    const first = waiting[0] ?? row
    const width = first.receivedMs === null ? row.startMs - first.startMs : first.receivedMs - first.startMs
    if (!watch && width >= minuteMs) watch = createSpendWatch(width)
    if (!watch) return false
    let alert = false
    for (const { startMs, value } of waiting.splice(0)) alert = observe(watch, { startMs, value }).alert
    return alert
  }
}

function rowReader(header: string): (line: string, lineNumber: number) => Row {
  const columns = header.split(',').map((name) => name.trim())
  const [start, value, received] = ['timestamp', 'value', 'received_at'].map((name) => columns.indexOf(name))
  if (start === undefined || value === undefined || received === undefined || start < 0 || value < 0)
    throw new CommandFailure(fail('invalid-input', 'The first line must name the columns timestamp and value.'))
  return (line, lineNumber) => {
    const cells = line.split(',')
    const row = {
      startMs: instantOf(cells[start]),
      value: cells[value]?.trim() ? Number(cells[value]) : NaN,
      receivedMs: received < 0 ? null : instantOf(cells[received]),
    }
    if (![row.startMs, row.value, row.receivedMs ?? 0].every(Number.isFinite))
      throw new CommandFailure(fail('invalid-input', `Line ${lineNumber} has no time and number that can be read.`))
    return row
  }
}

/** ISO 8601; without a zone it is UTC. NaN for anything else. */
function instantOf(cell = ''): number {
  const text = cell.trim().replace(' ', 'T')
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`)
}
