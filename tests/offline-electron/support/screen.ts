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
  const tree = execFileSync('xwininfo', ['-root', '-tree'], { encoding: 'utf8' })
  const named = [...tree.matchAll(/^ +(0x[0-9a-f]+) "([^"]+)"/gm)]
  const isShown = (id: string) => /IsViewable/.test(execFileSync('xwininfo', ['-id', id], { encoding: 'utf8' }))
  return named.filter(([, id = '']) => isShown(id)).map(([, , title = '']) => title)
}
