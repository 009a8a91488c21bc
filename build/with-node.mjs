import path from 'node:path'
import { runChild } from './child.mjs'
import { Problem, main } from './project.mjs'
import { runTool } from './run-tool.mjs'
import { setUp } from './setup.mjs'

// usage: node build/with-node.mjs COMMAND [ARG...]   COMMAND is a tool of node_modules/.bin or a script (.ts, .mjs)
await main(() => {
  const [command, ...args] = process.argv.slice(2)
  if (!command) throw new Problem('usage: node build/with-node.mjs COMMAND [ARG...]')
  const node = setUp({ build: false })
  const cwd = process.cwd()
  const isScript = /\.(ts|[mc]?js)$/.test(command)
  return isScript
    ? runChild(node, node, [path.resolve(command), ...args], { cwd })
    : runTool(node, command, args, { cwd })
})
