import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createGuard } from '../../electron/guard.ts'
import type { Discovered } from '../../shared/discovery.ts'
import { canary, createHome, secretEnvironment } from '../fakes/home.ts'
import { createTestSystem } from '../fakes/system.ts'
import { createCommandLine } from './support/cli.ts'

const home = createHome()
const line = createCommandLine()
afterAll(() => {
  rmSync(home, { recursive: true })
  rmSync(line.folder, { recursive: true })
})

/** Of nobody's real computer: the places that variables name are unset, the home is the made-up one. */
const env = {
  HOME: home,
  USERPROFILE: home,
  XDG_CONFIG_HOME: '',
  XDG_DATA_HOME: '',
  ...secretEnvironment,
}
const ids = ({ providers }: Discovered) => providers.map(({ id }) => id)

/** Everything the guard wrote, but the vault, which is for secrets and encrypted. */
function written(): string {
  return readdirSync(line.dataDir)
    .filter((file) => file !== 'vault.json')
    .map((file) => readFileSync(path.join(line.dataDir, file), 'latin1'))
    .join('\n')
}

describe('spend-guard discover', () => {
  it('lists names, and what to do about them, and not one value', async () => {
    const ran = await line.run(['discover', '--in', path.join(home, 'shop')], { env })
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.stdout).toContain('STAGING_ANTHROPIC_API_KEY')
    expect(ran.stdout).toMatch(/accounts add openai --label OpenAI --from-file ~\/shop\/\.env:OPENAI_ADMIN_KEY/)
    expect(ran.stdout).not.toContain(canary)
  })

  it('says the same as JSON', async () => {
    const ran = await line.run(['discover', '--json', '--in', path.join(home, 'shop')], { env })
    const found = JSON.parse(ran.stdout) as Discovered
    expect(ids(found)).toEqual(expect.arrayContaining(['openai', 'anthropic', 'aws', 'gcp', 'agent-logs', 'mistral']))
    expect(found.providers.find(({ id }) => id === 'mistral')).toMatchObject({ watchable: false, command: null })
    expect(ran.stdout).not.toContain(canary)
  })

  it('does not take a folder that is not there for one that holds nothing', async () => {
    const ran = await line.run(['discover', '--in', path.join(home, 'shopp')], { env })
    expect(ran.code).toBe(2)
    expect(ran.stderr).toMatch(/There is no folder .*shopp/)
  })

  it('leads to a command that watches with the key, which shows up nowhere but in the vault', async () => {
    const file = `${path.join(home, 'shop', '.env')}:OPENAI_ADMIN_KEY`
    const added = await line.run(['accounts', 'add', 'openai', '--label', 'Shop', '--from-file', file], { env })
    expect(added).toMatchObject({ code: 0, stderr: '' })
    const after = JSON.parse((await line.run(['discover', '--json'], { env })).stdout) as Discovered
    expect(after.providers.find(({ id }) => id === 'openai')?.accounts).toBe(1)
    expect(existsSync(path.join(line.dataDir, 'vault.json'))).toBe(true)
    expect(added.stdout + written() + readFileSync(path.join(line.dataDir, 'vault.json'), 'utf8')).not.toContain(canary)
  })

  it('takes no key that can only spend', async () => {
    const ran = await line.run(['accounts', 'add', 'openai', '--label', 'X', '--from-env', 'OPENAI_API_KEY'], { env })
    expect(ran.code).toBe(2)
    expect(ran.stderr).toContain('This is a project key: it can spend money but not read the bill.')
    expect(ran.stdout + ran.stderr + written()).not.toContain(canary)
  })
})

describe('the call of the contract', () => {
  it('answers a page with names only, of the computer the guard runs on', async () => {
    const system = createTestSystem({ computer: { platform: 'linux', homeDir: home, env: secretEnvironment } })
    const guard = createGuard(system)
    if (!guard.ok) throw new Error(guard.failure.message)
    const answer = await guard.value.call('discovery:look', { folders: ['~/shop'] })
    await guard.value.stop()
    if (!answer.ok) throw new Error(answer.failure.message)
    expect(ids(answer.value)).toEqual(expect.arrayContaining(['openai', 'anthropic', 'xai', 'github']))
    expect(JSON.stringify(answer)).not.toContain(canary)
  })

  it('lets nobody ask for the value of a variable by way of a folder', async () => {
    const system = createTestSystem({ computer: { platform: 'linux', homeDir: home, env: { SECRET: `/${canary}` } } })
    const guard = createGuard(system)
    if (!guard.ok) throw new Error(guard.failure.message)
    const answer = await guard.value.call('discovery:look', { folders: ['$SECRET', '~/$SECRET', '/$SECRET'] })
    await guard.value.stop()
    expect(answer.ok && answer.value.unread).toHaveLength(3)
    expect(JSON.stringify(answer)).not.toContain(canary)
  })
})
