import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'

/**
 * A disk of 8 MB that can be filled; null where that needs rights we do not have. It goes with the tests of the file,
 * whichever of them are run, and also where one is cut off while something still has a file open there.
 */
export function mountSmallDisk(): string | null {
  const disk = mkdtempSync(path.join(tmpdir(), 'spend-guard-disk-'))
  const isMounted =
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]).status === 0
  let isGone = false
  const remove = () => {
    if (isGone) return
    isGone = true
    if (isMounted) spawnSync('umount', ['--lazy', disk])
    rmdirSync(disk)
  }
  afterAll(remove)
  process.once('exit', remove)
  if (!isMounted) console.log('Skipped: a small disk to fill needs root and the right to mount.')
  return isMounted ? disk : null
}
