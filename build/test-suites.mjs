import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { runChild } from './child.mjs'
import { provideElectron } from './electron-binary.mjs'
import { inRoot, say } from './project.mjs'

/** The suites that run the program. Each adds to the counts and answers an exit code. */
export const suites = {
  async unit(node, counts) {
    const report = reportFile('unit')
    const code = await inDesktop(node, 'vitest', [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ])
    const told = readReport(report)
    add(counts, code, {
      passed: told.numPassedTests,
      failed: told.numFailedTests,
      skipped: told.numPendingTests + told.numTodoTests,
    })
    return code
  },

  async e2e(node, counts) {
    await provideBrowser(node)
    return playwright(node, counts, 'e2e', [])
  },

  async electron(node, counts) {
    const config = 'tests/electron/playwright.config.ts'
    if (!existsSync(inRoot(config))) return skip('there is no such suite yet')
    if (!(await provideElectron(node)))
      return skip("Electron's binary is not here and its host, GitHub, cannot be reached")
    return playwright(node, counts, 'electron', ['-c', config])
  },

  async 'offline-electron'(node, counts) {
    const script = inRoot('tests/offline-electron/run.mjs')
    if (!existsSync(script)) return skip('there is no such suite yet')
    if (process.platform !== 'linux' || !canHaveDesktop()) return skip('it needs the desktop of a Linux system')
    const report = reportFile('offline-electron')
    const code = await runChild(node, node, [script], { env: { TEST_REPORT: report } })
    add(counts, code, readReport(report))
    return code
  },
}

/** Electron shows windows, so that its tests run in a desktop too. */
async function playwright(node, counts, name, args) {
  const report = reportFile(name)
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report }
  const code = await inDesktop(node, 'playwright', ['test', ...args, '--reporter=list,json'], env)
  const { expected, unexpected, flaky, skipped } = readReport(report).stats ?? {}
  add(counts, code, { passed: expected + flaky, failed: unexpected, skipped })
  return code
}

/** In a desktop session of its own where there can be one, so that no test meets the person's keyring or notifications. */
function inDesktop(node, tool, args, env) {
  const command = inRoot('node_modules/.bin', process.platform === 'win32' ? `${tool}.cmd` : tool)
  if (process.platform === 'win32') return runChild(node, `"${command}"`, args, { env, shell: true })
  if (process.platform === 'linux' && canHaveDesktop())
    return runChild(node, inRoot('build/desktop-session.sh'), [command, ...args], { env })
  say('No desktop session: tests that need one are skipped.')
  return runChild(node, command, args, { env })
}

function canHaveDesktop() {
  const tools = ['xvfb-run', 'dbus-run-session', 'gnome-keyring-daemon', 'dunst', 'gdbus']
  return tools.every((tool) => spawnSync('which', [tool]).status === 0)
}

async function provideBrowser(node) {
  const installed = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].some(
    (file) => file && existsSync(file),
  )
  if (!installed) await runChild(node, node, [inRoot('node_modules/playwright/cli.js'), 'install', 'chromium'])
}

function skip(why) {
  say(`Skipped: ${why}.`)
  return 0
}

function reportFile(name) {
  const folder = inRoot('out/reports')
  mkdirSync(folder, { recursive: true })
  const file = `${folder}/${name}.json`
  rmSync(file, { force: true })
  return file
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

/** A suite that failed before it could count, or outside its tests, counts as one failure. */
function add(counts, code, { passed, failed, skipped }) {
  counts.passed += passed || 0
  counts.skipped += skipped || 0
  counts.failed += failed || (code === 0 ? 0 : 1)
}
