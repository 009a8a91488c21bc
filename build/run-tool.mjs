import { existsSync } from 'node:fs'
import { runChild } from './child.mjs'
import { Problem, inRoot } from './project.mjs'

/** Runs a tool of node_modules/.bin. */
export function runTool(node, name, args, options) {
  const windows = process.platform === 'win32'
  const tool = inRoot('node_modules/.bin', windows ? `${name}.cmd` : name)
  if (!existsSync(tool)) throw new Problem(`There is no tool named ${name} in node_modules/.bin.`)
  // A batch file runs in a shell only.
  return windows ? runChild(node, `"${tool}"`, args, { ...options, shell: true }) : runChild(node, tool, args, options)
}
