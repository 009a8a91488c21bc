import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Say } from './measured.ts'
import { ensureBuilt } from './serve.ts'

const goalKb = 300

/** Everything a browser loads to show the dashboard, each file compressed by itself as a server would. */
export function measurePageSize(say: Say): void {
  ensureBuilt()
  const folder = fileURLToPath(new URL('../../out/renderer', import.meta.url))
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name)))
  const plainKb = files.reduce((sum, bytes) => sum + bytes.length, 0) / 1_000
  const kb = files.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0) / 1_000
  say({
    what: 'dashboard page, compressed',
    value: kb,
    unit: 'kB gzip',
    baseline: { what: 'uncompressed', value: plainKb, unit: 'kB' },
    goal: `<= ${goalKb} kB`,
    met: kb <= goalKb,
    detail: `${files.length} files`,
  })
}
