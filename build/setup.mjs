import { spawnSync } from 'node:child_process'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { arePackagesInstalled, hasSources, isBuilt, recordBuild, sourceState } from './freshness.mjs'
import { environmentWith, findNode, npm, provideNode } from './node-runtime.mjs'
import { Problem, inRoot, main, root, say } from './project.mjs'

/**
 * Makes everything ready that is not: Node, packages, the build. Says one line per step it had to take and nothing
 * otherwise. Answers the path of the Node to use.
 */
export function setUp({ build = true } = {}) {
  const ready = arePackagesInstalled() && (!build || !hasSources() || isBuilt()) && isLinked()
  const found = ready && findNode()
  if (found) return found // nothing is written, so that a folder of somebody else will do
  return oneAtATime(() => {
    const node = provideNode()
    installPackages(node)
    linkCommand()
    if (build) buildProgram(node)
    return node
  })
}

function installPackages(node) {
  if (arePackagesInstalled()) return
  step('Installing packages', () => {
    const { ok, output } = npm(node, ['ci', '--include=dev'])
    if (!ok) throw new Problem(`${output.trim()}\nPackages could not be installed; see above.`)
  })
}

function buildProgram(node) {
  const state = sourceState()
  if (!hasSources() || isBuilt(state)) return
  step('Building', () => {
    const vite = inRoot('node_modules/vite/bin/vite.js')
    // Also when a test run builds: otherwise React would be the one for developers.
    const env = { ...environmentWith(node), NODE_ENV: 'production' }
    const options = { cwd: root, env, encoding: 'utf8' }
    const { status, stdout, stderr } = spawnSync(node, [vite, 'build', '--app', '--logLevel', 'warn'], options)
    if (status !== 0) throw new Problem(`${stdout}${stderr}`.trim().concat('\nThe build failed; see above.'))
    recordBuild(state)
  })
}

const windows = process.platform === 'win32'
const link = inRoot('node_modules/.bin', windows ? 'spend-guard.cmd' : 'spend-guard')
const isLinked = () => existsSync(link)

/** `npx spend-guard` works in this folder without installing it anywhere. */
function linkCommand() {
  if (isLinked()) return
  rmSync(link, { force: true }) // it may lead nowhere
  if (windows) writeFileSync(link, '@node "%~dp0\\..\\..\\build\\spend-guard.mjs" %*\r\n')
  else symlinkSync('../../build/spend-guard.mjs', link)
}

function step(name, work) {
  const startedAt = performance.now()
  say(`${name}...`)
  work()
  say(`${name}: done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
}

/** Two commands started together must not build into the same folder. */
function oneAtATime(work) {
  mkdirSync(inRoot('.tools'), { recursive: true })
  const lock = inRoot('.tools/setup.lock')
  while (!take(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
  try {
    return work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function take(lock) {
  const draft = `${lock}.${process.pid}`
  writeFileSync(draft, String(process.pid))
  try {
    linkSync(draft, lock) // the lock appears with its owner in it, or not at all
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (!isAlive(Number(readOwner(lock)))) rmSync(lock, { force: true })
    return false
  } finally {
    rmSync(draft, { force: true })
  }
}

function readOwner(lock) {
  try {
    return readFileSync(lock, 'utf8')
  } catch {
    return String(process.pid) // just released: try again
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(() => {
    setUp()
    say('Ready.')
  })
}
