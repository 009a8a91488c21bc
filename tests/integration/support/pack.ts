import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { createPackage } from '@electron/asar'

/** What @electron/fuses looks for in Electron's binary: the sentinel, a version, the number of fuses, and each of them. */
const fuseWire = `dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0009${'0'.repeat(9)}`

/**
 * Packs the built app for Linux as a release does, around a stand-in for Electron's binary, which is not to be had
 * everywhere. Answers the folder of the packed app.
 */
export async function packAround(root: string, folder: string): Promise<string> {
  const electron = path.join(folder, 'electron')
  await makeStandIn(electron)
  const output = path.join(folder, 'dist')
  const builder = path.join(root, 'node_modules/electron-builder/cli.js')
  const args = ['--linux', 'dir', '--x64', '--publish', 'never']
  const settings = [`-c.electronDist=${electron}`, `-c.directories.output=${output}`]
  await promisify(execFile)(process.execPath, [builder, ...args, ...settings], { cwd: root, timeout: 80_000 })
  return path.join(output, 'linux-unpacked')
}

async function makeStandIn(folder: string): Promise<void> {
  mkdirSync(path.join(folder, 'resources'), { recursive: true })
  mkdirSync(path.join(folder, 'locales'))
  mkdirSync(path.join(folder, 'app'))
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version']) writeFileSync(path.join(folder, name), '45.4.1')
  writeFileSync(path.join(folder, 'electron'), `\u007fELF a stand-in ${fuseWire}`, 'latin1')
  chmodSync(path.join(folder, 'electron'), 0o755)
  writeFileSync(path.join(folder, 'app/main.js'), '')
  await createPackage(path.join(folder, 'app'), path.join(folder, 'resources/default_app.asar'))
}
