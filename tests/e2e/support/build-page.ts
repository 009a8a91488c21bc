import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Builds the page when its sources are newer than what is in out/renderer. */
export default async function buildPage(): Promise<void> {
  const built = path.join(root, 'out/renderer/index.html')
  const newest = Math.max(newestIn(path.join(root, 'renderer')), newestIn(path.join(root, 'shared')))
  if (existsSync(built) && statSync(built).mtimeMs > newest) return
  // What people get, not the React for developers.
  process.env['NODE_ENV'] = 'production'
  await build({ configFile: path.join(root, 'vite.config.ts'), logLevel: 'error' })
}

function newestIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Math.max(...files.map((entry) => statSync(path.join(entry.parentPath, entry.name)).mtimeMs))
}
