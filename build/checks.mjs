import { existsSync } from 'node:fs'
import { runChild } from './child.mjs'
import { inRoot } from './project.mjs'
import { runTool } from './run-tool.mjs'
import { scan } from './scanner/scan.mjs'

/** What can be said of the sources without running them; the same in an editor, in `npm run check` and in `npm test`. */
export const checks = {
  format: (node) => runTool(node, 'oxfmt', ['--check']),
  lint: (node) => runTool(node, 'oxlint', typeAware()),
  types: (node) => typecheck(node),
  security: (node) => scan(node),
  words: (node) => checkWords(node),
  wasm: (node) => runChild(node, node, [inRoot('build/wasm.mjs'), '--check']),
}

/** Rules that need types come from a second program, which is not built for every platform. */
function typeAware() {
  return existsSync(inRoot('node_modules/oxlint-tsgolint')) ? ['--type-aware'] : []
}

/** One world after the other: what one may use is an error in the next. */
async function typecheck(node) {
  for (const world of ['shared', 'electron', 'renderer', 'tests']) {
    const code = await runTool(node, 'tsc', ['--noEmit', '-p', `${world}/tsconfig.json`])
    if (code !== 0) return code
  }
  return 0
}

/** Every text of the code is in every catalogue, and said in every language: docs/translating.md. */
async function checkWords(node) {
  for (const check of [['sync'], ['missing', '--mode', 'catalog']]) {
    const code = await runTool(node, 'lingui', ['check', ...check, '--config', inRoot('build/lingui.config.mjs')])
    if (code !== 0) return code
  }
  return 0
}
