import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import path from 'node:path'
import { TextDecoder } from 'node:util'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { asyncBufferFromFile } from 'hyparquet'
import { fail, type Failure } from '../../shared/failures.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { createCollector, type Collector } from './collect.ts'
import { FileProblem } from './problem.ts'
import { createCsvReader } from './read-csv.ts'
import { readParquet } from './read-parquet.ts'
import type { Cells, CellsListener } from './source.ts'
import { i18n } from '../../shared/words.ts'

const pieceBytes = 256 * 1_024
const tellEvery = 50_000

/**
 * Reads files to the end: the parts of one delivery belong together. Nothing of them is stored yet, so that a fault in
 * the last line of the last one leaves everything as it was.
 */
export async function readFiles(
  files: readonly string[],
  onLines: (lines: number) => void,
): Promise<Result<Collector>> {
  const collector = createCollector()
  const take = (cells: Cells, line: number, unit: 'line' | 'row') => {
    collector.add(cells, line, unit)
    if (collector.lines() % tellEvery === 0) onLines(collector.lines())
  }
  for (const file of files) {
    try {
      await readFile(file, take)
    } catch (error) {
      return err(problemOf(file, error))
    }
  }
  onLines(collector.lines())
  return ok(collector)
}

async function readFile(file: string, take: (cells: Cells, line: number, unit: 'line' | 'row') => void): Promise<void> {
  if (!(await stat(file)).isFile()) throw new FileProblem(i18n.t('it is no ordinary file.'))
  const start = await firstBytes(file)
  if (start.subarray(0, 4).toString('latin1') === 'PAR1') {
    await readParquet(await asyncBufferFromFile(file), (cells, line) => take(cells, line, 'row'))
    return
  }
  if (start.subarray(0, 2).toString('latin1') === 'PK')
    throw new FileProblem(i18n.t('it is a ZIP archive. Unpack it first.'))
  await readCsv(file, start[0] === 0x1f && start[1] === 0x8b, (cells, line) => take(cells, line, 'line'))
}

async function readCsv(file: string, isZipped: boolean, listener: CellsListener): Promise<void> {
  const reader = createCsvReader(listener)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const take = async (bytes: AsyncIterable<Buffer>) => {
    for await (const piece of bytes) reader.push(decode(decoder, piece))
    reader.push(decode(decoder))
    reader.end()
  }
  const source = createReadStream(file, { highWaterMark: pieceBytes })
  if (isZipped) await pipeline(source, createGunzip({ chunkSize: pieceBytes }), take)
  else await pipeline(source, take)
}

function decode(decoder: TextDecoder, piece?: Buffer): string {
  try {
    return piece ? decoder.decode(piece, { stream: true }) : decoder.decode()
  } catch {
    throw new FileProblem(i18n.t('it is not UTF-8 text. Save it as "CSV UTF-8".'))
  }
}

async function firstBytes(file: string): Promise<Buffer> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

function problemOf(file: string, error: unknown): Failure {
  const name = path.basename(file)
  if (error instanceof FileProblem)
    return fail(
      'invalid-input',
      i18n.t('The file {name} cannot be imported: {message} Nothing was stored.', { name, message: error.message }),
    )
  const code = (error as { code?: unknown }).code
  if (code === 'ENOENT')
    return fail('not-found', i18n.t('There is no file {file} on the computer that the guard runs on.', { file }))
  if (typeof code === 'string' && code.startsWith('Z_'))
    return fail(
      'invalid-input',
      i18n.t('The file {name} is damaged or cut short ({code}). Nothing was stored.', { name, code }),
    )
  if (typeof code === 'string')
    return fail('invalid-input', i18n.t('The file {file} cannot be read ({code}).', { file, code }))
  // What the reader of Parquet throws has no code.
  return fail(
    'invalid-input',
    i18n.t('The file {name} cannot be read: {message}. Nothing was stored.', {
      name,
      message: (error as Error).message,
    }),
  )
}
