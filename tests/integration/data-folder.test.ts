import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { createCommandLine } from './support/cli.ts'

// Each test starts several processes, on a computer that may be busy with other suites.
vi.setConfig({ testTimeout: 60_000 })

const line = createCommandLine()
afterAll(() => rmSync(line.folder, { recursive: true }))

describe('a data folder that is none', () => {
  it.each(['a file', 'a folder below a file'])('is refused in a sentence: %s', async (what) => {
    const file = path.join(line.folder, 'file')
    writeFileSync(file, '')
    const dataDir = what === 'a file' ? file : path.join(file, 'below')
    const ran = await line.run(['--data-dir', dataDir, 'status', '--json'], { bare: true })
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(JSON.parse(ran.stderr)).toEqual({
      error: { kind: 'data-folder-unusable', message: expect.stringContaining(`${dataDir} cannot be used`) as string },
    })
  })

  it('is wrong usage when it is empty, as of a shell variable that is not set', async () => {
    const ran = await line.run(['--data-dir', '', 'status', '--json'], { bare: true })
    expect(ran).toMatchObject({ code: 2, stdout: '' })
    expect(JSON.parse(ran.stderr)).toMatchObject({ error: { kind: 'invalid-input' } })
  })
})

describe('a settings file that cannot be read', () => {
  const file = path.join(line.dataDir, 'settings.json')
  const aside = () => readdirSync(line.dataDir).filter((name) => name.startsWith('settings.json.damaged-'))

  it.each<[string, () => void]>([
    ['is cut off', () => writeFileSync(file, '{"velocityFloor": "2')],
    ['is empty', () => writeFileSync(file, '')],
    ['is a folder', () => mkdirSync(file)],
  ])('does not keep the guard from watching, and is kept aside: %s', async (_what, spoil) => {
    await line.json(['status'])
    rmSync(file, { force: true, recursive: true })
    for (const old of aside()) rmSync(path.join(line.dataDir, old), { recursive: true })
    spoil()
    expect(await line.run(['status', '--json'])).toMatchObject({ code: 0, stderr: '' })
    expect(aside()).toHaveLength(1)
    expect(readFileSync(path.join(line.dataDir, 'guard.log'), 'utf8')).toContain('settings were set aside')
  })
})
