import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { inRoot, root } from './project.mjs'

const built = inRoot('out/.sources')
const sources = ['electron', 'renderer', 'shared', 'vite.config.ts', 'package.json', 'package-lock.json']

/** An installed copy has no sources, and so nothing to build. */
export const hasSources = () => existsSync(inRoot('electron/cli.ts'))

/**
 * Names, sizes and times of all sources. Compared for equality, so that a clock that jumps, an older branch or a
 * deleted file count as a change too. A few milliseconds: `spend-guard` asks at every start.
 */
export function sourceState() {
  const hash = createHash('sha256')
  const add = (name) => {
    const file = path.join(root, name)
    const stat = statSync(file, { throwIfNoEntry: false })
    if (!stat?.isDirectory()) hash.update(`${name}\n${stat?.size}\n${stat?.mtimeMs}\n`)
    else for (const child of readdirSync(file).sort()) add(`${name}/${child}`)
  }
  for (const name of sources) add(name)
  return hash.digest('hex')
}

export function isBuilt(state = sourceState()) {
  return existsSync(built) && readFileSync(built, 'utf8') === state
}

export const recordBuild = (state) => writeFileSync(built, state)

/** npm keeps the list of what it installed; platform packages of other systems are missing from it. */
export function arePackagesInstalled() {
  const installed = readPackages('node_modules/.package-lock.json')
  if (!installed) return false
  const wanted = Object.entries(readPackages('package-lock.json') ?? {})
  return wanted.every(
    ([name, { version, optional }]) =>
      name === '' || (installed[name] ? installed[name].version === version : optional),
  )
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(inRoot(file), 'utf8')).packages
  } catch {
    return null // not there, or half written
  }
}
