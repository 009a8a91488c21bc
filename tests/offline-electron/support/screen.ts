import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'

/** What a person would see on the whole screen, for looking at; left out where ImageMagick is not installed. */
export function screenPicture(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true })
  spawnSync('import', ['-window', 'root', file])
}
