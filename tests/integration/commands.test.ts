import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { version } from '../../shared/version.ts'

const build = fileURLToPath(new URL('../../build', import.meta.url))
const folder = mkdtempSync(path.join(tmpdir(), 'spend-guard-commands-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs one of the scripts; `onOutput` may send a signal once it has spoken. */
function run(script: string, args: string[], onOutput: (child: ReturnType<typeof spawn>) => void = () => undefined) {
  const child = spawn(process.execPath, [path.join(build, script), ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  child.stdout.on('data', (piece) => {
    stdout += String(piece)
    onOutput(child)
  })
  return new Promise<{ stdout: string; code: number | null }>((resolve) => {
    child.once('close', (code) => resolve({ stdout, code }))
  })
}

function script(name: string, code: string): string {
  const file = path.join(folder, name)
  writeFileSync(file, code)
  return file
}

describe('the command spend-guard', () => {
  it('leaves stdout to the program', async () => {
    expect(await run('spend-guard.mjs', ['--version'])).toEqual({ stdout: `${version}\n`, code: 0 })
  })

  it('ends with the exit code of the program', async () => {
    expect(await run('spend-guard.mjs', ['no-such-command'])).toEqual({ stdout: '', code: 2 })
  })
})

describe('with-node', () => {
  it('runs scripts in TypeScript with their arguments, and ends with their exit code', async () => {
    const file = script('echo.ts', 'const code: number = 7\nconsole.log(process.argv.slice(2))\nprocess.exit(code)')
    expect(await run('with-node.mjs', [file, 'a b', '--c'])).toEqual({ stdout: "[ 'a b', '--c' ]\n", code: 7 })
  })

  // Windows has no signals that a program could answer.
  it.skipIf(process.platform === 'win32')('passes signals on and waits for what becomes of them', async () => {
    const file = script(
      'patient.mjs',
      `process.on('SIGTERM', () => setTimeout(() => process.exit(5), 50)); setInterval(() => {}, 1000); console.log('up')`,
    )
    expect(await run('with-node.mjs', [file], (child) => child.kill('SIGTERM'))).toEqual({ stdout: 'up\n', code: 5 })
  })

  it('says so when there is no such tool', async () => {
    expect((await run('with-node.mjs', ['no-such-tool'])).code).toBe(1)
  })
})
