import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createProgram } from '../../../../electron/cli/program.ts'
import type { Terminal } from '../../../../electron/cli/terminal.ts'
import { perDay, perHour, plus, service, startMs, step } from './series.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'spend-guard-detect-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function detect(csv: string): Promise<{ printed: string; written: () => string[] }> {
  const [input, output] = [path.join(folder, 'in.csv'), path.join(folder, 'out.csv')]
  rmSync(output, { force: true })
  writeFileSync(input, csv)
  let printed = ''
  const terminal: Terminal = {
    json: false,
    print: (text) => void (printed += text),
    note: () => undefined,
    complain: () => undefined,
    exitCode: 0,
  }
  await createProgram(terminal).parseAsync(['detect', input, output], { from: 'user' })
  return { printed, written: () => readFileSync(output, 'utf8').trimEnd().split('\n') }
}

const at = (bucket: number) => new Date(startMs + bucket * step).toISOString()

describe('the command detect', () => {
  const night = 16 * perDay + 3 * perHour
  const buckets = plus(service(18), night, 2 * perHour, () => 5)
  const rows = buckets.map((value, bucket) => `${at(bucket)},${value},${at(bucket + 1)}`)

  it('adds a score and an alert to every row, and keeps the rest of it', async () => {
    const { printed, written } = await detect(['timestamp,value,received_at', ...rows].join('\n'))
    const [header, ...lines] = written()
    expect(header).toBe('timestamp,value,received_at,anomaly_score,alert')
    expect(lines.map((line) => line.split(',').slice(0, 3).join(','))).toEqual(rows)
    expect(lines.findIndex((line) => line.endsWith(',1'))).toBe(night)
    expect(Number(lines[night]?.split(',')[3])).toBeGreaterThan(0.5)
    expect(printed).toBe(`${rows.length} rows, 1 alerts.`)
  })
  it('finds out the width of buckets without a time of receipt, and reads times without a zone as UTC', async () => {
    const plain = buckets.map((value, bucket) => `${at(bucket).slice(0, 19).replace('T', ' ')},${value}`)
    const { written } = await detect(['timestamp,value', ...plain].join('\r\n'))
    expect(written().findIndex((line) => line.endsWith(',1'))).toBe(night + 1)
  })
  it('takes a row whose time was seen before for a revision', async () => {
    const revised = [...rows.slice(0, night), `${at(night - 200)},0.001,${at(night)}`]
    const { written } = await detect(['timestamp,value,received_at', ...revised].join('\n'))
    expect(written().at(-1)).toMatch(/,0\.000000,0$/)
  })
  it('names the line that it cannot read', async () => {
    await expect(detect(`timestamp,value\n${at(0)},1\n${at(1)},`)).rejects.toThrow('Line 3')
    await expect(detect('timestamp,value\nyesterday,1')).rejects.toThrow('Line 2')
    await expect(detect('time,amount\n1,2')).rejects.toThrow('columns timestamp and value')
  })
})
