import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'

/** What a person would see on the whole screen, for looking at; left out where ImageMagick is not installed. */
export function screenPicture(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true })
  spawnSync('import', ['-window', 'root', file])
}

/** What the windows on the screen are called: those that are shown, not those that are kept. */
export function titlesShown(): string[] {
  const tree = xwininfo(['-root', '-tree'])
  const named = [...tree.matchAll(/^ +(0x[0-9a-f]+) "([^"]+)"/gm)]
  const isShown = (id: string) => /IsViewable/.test(xwininfo(['-id', id]))
  return named.filter(([, id = '']) => isShown(id)).map(([, , title = '']) => title)
}

/** Titles have dashes and amounts: without a locale that knows them they would not be told. */
function xwininfo(args: readonly string[]): string {
  return execFileSync('xwininfo', args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } })
}
