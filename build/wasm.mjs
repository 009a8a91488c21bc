import { readFileSync, writeFileSync } from 'node:fs'
import asc from 'assemblyscript/asc'
import { Problem, inRoot, main } from './project.mjs'

// usage: node build/wasm.mjs [--check]   makes the WebAssembly of the guard, or sees whether it is what its source makes
const folder = 'electron/agent-logs'
const made = inRoot(`${folder}/json-search-wasm.ts`)

await main(async () => {
  const text = `/** Made of assembly/json-search.ts by \`npm run wasm\`. */\nexport const wasm =\n  '${await compiled()}'\n`
  if (!process.argv.includes('--check')) writeFileSync(made, text)
  else if (readFileSync(made, 'utf8') !== text) throw new Problem(`${made} is not what its source makes: npm run wasm`)
  return 0
})

async function compiled() {
  let program
  // Checks of bounds and a memory that can be given back are for programs that allocate. Five pages are one for the
  // tables, and room for most pieces of a log.
  const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--initialMemory', '5']
  const { error, stderr } = await asc.main(
    [`${folder}/assembly/json-search.ts`, ...options, '--baseDir', inRoot('.'), '--outFile', 'program.wasm'],
    { writeFile: (_name, contents) => void (program = contents) },
  )
  if (error) throw new Problem(`AssemblyScript: ${error.message}\n${stderr.toString()}`)
  return Buffer.from(program).toString('base64')
}
