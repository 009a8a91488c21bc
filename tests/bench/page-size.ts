import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Say } from './measured.ts'
import { ensureBuilt } from './serve.ts'

const goalKb = 300

interface Asset {
  name: string
  text: string
  kb: number
  gzipKb: number
}

/**
 * What a browser loads to show the dashboard, each file compressed by itself as a server would: the page, what its code
 * names as needed, the chart, and of the languages the one with the most words.
 */
export function measurePageSize(say: Say): void {
  ensureBuilt()
  const folder = fileURLToPath(new URL('../../out/renderer', import.meta.url))
  const assets = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry): Asset => {
      const bytes = readFileSync(path.join(entry.parentPath, entry.name))
      return {
        name: entry.name,
        text: bytes.toString(),
        kb: bytes.length / 1_000,
        gzipKb: gzipSync(bytes).length / 1_000,
      }
    })
  const isCatalogue = ({ name }: Asset) => /^[a-z]{2}-/.test(name)
  const wanted = [
    ...assets.filter(({ name }) => !name.endsWith('.js') || /^(index|start|StackChart|look)\b/.test(name)),
    ...assets
      .filter(isCatalogue)
      .sort((a, b) => b.gzipKb - a.gzipKb)
      .slice(0, 1),
  ]
  const loaded = new Set(wanted)
  // Chunks that those import by name; what they fetch later is written `import(…)`.
  for (const { text } of loaded)
    for (const [, name] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) {
      const found = assets.find((asset) => asset.name === name)
      if (found) loaded.add(found)
    }
  const sum = (of: Iterable<Asset>, size: 'kb' | 'gzipKb') => [...of].reduce((total, asset) => total + asset[size], 0)
  const kb = sum(loaded, 'gzipKb')
  say({
    what: 'dashboard page, compressed',
    value: kb,
    unit: 'kB gzip',
    baseline: { what: 'all there is, in every language', value: sum(assets, 'gzipKb'), unit: 'kB gzip' },
    goal: `<= ${goalKb} kB`,
    met: kb <= goalKb,
    detail: `${loaded.size} of ${assets.length} files`,
  })
}
