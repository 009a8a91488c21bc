import { checks } from './checks.mjs'
import { main } from './project.mjs'
import { setUp } from './setup.mjs'

// usage: node build/check.mjs [format|lint|types|security|words|wasm]...   without a name: all of them, and all their findings
await main(async () => {
  const node = setUp({ build: false })
  const wanted = process.argv.slice(2)
  let worst = 0
  for (const [name, check] of Object.entries(checks)) {
    if (wanted.length === 0 || wanted.includes(name)) worst = Math.max(worst, await check(node))
  }
  return worst
})
