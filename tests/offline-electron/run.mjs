import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { runChild } from '../../build/child.mjs'
import { inRoot, main, say } from '../../build/project.mjs'
import { bundle } from './kit/bundle.mjs'
import { Unavailable, kit, provideKit } from './kit/provide.mjs'

// The desktop app in the newest real Electron that can be had without GitHub. Writes how many tests passed to the file
// that TEST_REPORT names. Electron 9 may crash while it quits: what counts is what was seen.
await main(async () => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return skip('Electron 9 is there for Linux on x64 only')
  try {
    provideKit(process.execPath)
  } catch (error) {
    if (error instanceof Unavailable) return skip(error.message)
    throw error
  }
  await bundle()
  const seen = `${kit}/seen.json`
  rmSync(seen, { force: true })
  const vitest = [inRoot('node_modules/.bin/vitest'), 'run', '-c', inRoot('tests/offline-electron/vitest.config.ts')]
  const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${seen}`]
  const code = await runChild(process.execPath, inRoot('build/desktop-session.sh'), [...vitest, ...reports])
  const {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: skipped,
  } = JSON.parse(readFileSync(seen, 'utf8'))
  report({ passed, failed, skipped })
  return code
})

function skip(why) {
  say(`Skipped: ${why}.`)
  report({ passed: 0, failed: 0, skipped: 1 })
  return 0
}

function report(counts) {
  if (process.env.TEST_REPORT) writeFileSync(process.env.TEST_REPORT, JSON.stringify(counts))
}
