#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { hasSources, isBuilt } from './freshness.mjs'
import { findNode } from './node-runtime.mjs'
import { inRoot, main } from './project.mjs'

// The command `spend-guard`: makes sure that there is a build and a Node for it, and gets out of the way.
const program = inRoot('out/electron/cli.js')

await main(async () => {
  const ready = existsSync(inRoot('node_modules/better-sqlite3')) && (!hasSources() || isBuilt())
  const node = (ready && findNode()) || (await import('./setup.mjs')).setUp()
  if (node === process.execPath) {
    await import(pathToFileURL(program).href)
    return process.exitCode
  }
  const { runChild } = await import('./child.mjs')
  return runChild(node, node, [program, ...process.argv.slice(2)], { cwd: process.cwd(), stdio: openFiles() })
})

/** Standard streams, and those that an argument such as /dev/fd/3 speaks of. */
function openFiles() {
  const named = process.argv.flatMap((arg) => /^\/dev\/fd\/(\d+)$/.exec(arg)?.[1] ?? []).map(Number)
  return Array.from({ length: Math.max(2, ...named) + 1 }, (_, fd) =>
    fd < 3 || named.includes(fd) ? 'inherit' : 'ignore',
  )
}
