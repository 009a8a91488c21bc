import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import accepted from '../../build/scanner/accepted.json' with { type: 'json' }
import { compare, findings } from '../../build/scanner/scan.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const finding = { check: 'A_CHECK', file: 'shell/x.ts', line: 3, text: 'look' }

describe('the security scanner', () => {
  it('lets pass what a person accepted, and nothing else', () => {
    const known = { check: 'A_CHECK', file: 'shell/x.ts', reason: 'because' }
    expect(compare([finding], [known])).toEqual({ fresh: [], obsolete: [] })
    expect(compare([{ ...finding, file: 'shell/y.ts' }], [known])).toMatchObject({
      fresh: [{ file: 'shell/y.ts' }],
      obsolete: [known],
    })
  })

  it('has a reason for everything that is accepted, which names a file that is there', () => {
    for (const { reason } of accepted) {
      const file = /[\w./-]+\.tsx?/.exec(reason)?.[0] ?? ''
      expect(existsSync(path.join(root, file)), reason).toBe(true)
      expect(file).not.toBe('')
    }
  })

  // `npm test` fetches it in the step before.
  it.runIf(existsSync(path.join(root, 'build/scanner/node_modules')))('sees what it is there for', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'spend-guard-scan-'))
    writeFileSync(path.join(folder, 'package.json'), '{ "name": "x", "devDependencies": { "electron": "45.4.1" } }')
    writeFileSync(
      path.join(folder, 'main.ts'),
      `import { BrowserWindow } from 'electron'
       new BrowserWindow({ webPreferences: { webSecurity: false, contextIsolation: false } })`,
    )
    const checks = findings(process.execPath, folder, path.join(folder, 'out.sarif')).map(({ check }) => check)
    expect(checks).toContain('WEB_SECURITY_JS_CHECK')
    expect(checks).toContain('CONTEXT_ISOLATION_JS_CHECK')
    rmSync(folder, { recursive: true })
  })
})
