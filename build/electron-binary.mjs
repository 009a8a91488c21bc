import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { runChild } from './child.mjs'
import { inRoot, say } from './project.mjs'

const programs = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }
const program = programs[process.platform] ?? 'electron'

/** Where Electron's binary is, or null. It is not on the npm registry, so it may well be absent. */
export function findElectron() {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? inRoot('node_modules/electron/dist')
  const binary = path.join(dist, program)
  return existsSync(binary) ? binary : null
}

/** As `findElectron`, and fetches it where its host answers. */
export async function provideElectron(node) {
  const found = findElectron()
  if (found || !(await isReachable())) return found
  say('Fetching Electron (about 120 MB, once)...')
  const longestMs = 5 * 60_000
  await runChild(node, node, [inRoot('node_modules/electron/install.js')], { stdio: 'ignore', timeout: longestMs })
  return findElectron()
}

async function isReachable() {
  const { version } = JSON.parse(readFileSync(inRoot('node_modules/electron/package.json'), 'utf8'))
  const mirror = process.env.ELECTRON_MIRROR ?? 'https://github.com/electron/electron/releases/download/'
  try {
    const options = { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(5_000) }
    return (await fetch(`${mirror}v${version}/SHASUMS256.txt`, options)).status < 400
  } catch {
    return false // no network, or none that leads there
  }
}

/** Why Electron cannot run here at all, in half a sentence; null when it can. */
export function whyNoElectron(args) {
  if (process.platform !== 'linux') return null
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display'
  if (args.includes('--no-sandbox')) return null
  return process.getuid() === 0 ? 'Electron does not run as root' : null
}

/** Some systems let no program make its own sandbox, unless an administrator gave it the right to. */
export function whyNoSandbox(binary, args) {
  if (process.platform !== 'linux' || args.includes('--no-sandbox')) return null
  const forbidden =
    isSet('/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1') ||
    isSet('/proc/sys/kernel/unprivileged_userns_clone', '0')
  if (!forbidden) return null
  const helper = statSync(path.join(path.dirname(binary), 'chrome-sandbox'), { throwIfNoEntry: false })
  const trusted = helper?.uid === 0 && (helper.mode & 0o4000) !== 0
  return trusted ? null : 'this system does not let Electron make its sandbox'
}

function isSet(file, value) {
  return existsSync(file) && readFileSync(file, 'utf8').trim() === value
}
