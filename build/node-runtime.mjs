import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { Problem, inRoot, root, say } from './project.mjs'

/** Older versions crash in better-sqlite3 instead of refusing it. */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 12)
}

const ownPackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
const ownNode = inRoot('.tools/node_modules', ownPackage, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** The Node that runs this script, the project's own one, or null. */
export function findNode() {
  if (isNewEnough(process.versions.node)) return process.execPath
  return existsSync(ownNode) ? ownNode : null
}

/** As `findNode`, and fetches one from the npm registry where there is none. */
export function provideNode() {
  const found = findNode()
  if (found) return found
  const wanted = `API Spend Guard needs Node 22.12 or newer; this is ${process.versions.node}.`
  if (process.platform === 'darwin') throw new Problem(`${wanted} Install it, for example with: brew install node`)
  say(`${wanted} Fetching one for this project alone (.tools)...`)
  const install = npm(process.execPath, [
    'install',
    '--prefix',
    '.tools',
    '--no-save',
    '--no-package-lock',
    `${ownPackage}@24`,
  ])
  const works = spawnSync(ownNode, ['--version'], { encoding: 'utf8' }).stdout ?? ''
  if (isNewEnough(works.trim())) return ownNode
  throw new Problem(
    `${install.output.trim()}\n${wanted} It could not be fetched; please install it from https://nodejs.org`,
  )
}

/** The environment in which `node` means the given one. */
export function environmentWith(node) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
  return { ...process.env, [name]: [path.dirname(node), process.env[name]].join(path.delimiter) }
}

/** Runs npm quietly; what it said is in `output`. */
export function npm(node, args) {
  const script = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : null
  const [command, ...first] = script ? [node, script] : ['npm']
  const child = spawnSync(command, [...first, ...args, '--no-audit', '--no-fund'], {
    cwd: root,
    env: environmentWith(node),
    encoding: 'utf8',
    shell: !script && process.platform === 'win32', // npm is a batch file there
  })
  return { ok: child.status === 0, output: child.error?.message ?? `${child.stdout}${child.stderr}` }
}
