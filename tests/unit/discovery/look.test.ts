import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Computer } from '../../../electron/discovery/computer.ts'
import { look } from '../../../electron/discovery/look.ts'
import { canary, createHome, secretEnvironment } from '../../fakes/home.ts'

const homeDir = createHome()
afterAll(() => rmSync(homeDir, { recursive: true }))
const computer: Computer = { platform: 'linux', homeDir, env: secretEnvironment }
const nowhere = { folders: [], standingIn: null }

async function found(options: Partial<Parameters<typeof look>[1]> = {}, on: Computer = computer): Promise<string[]> {
  const { traces } = await look(on, { ...nowhere, ...options })
  return traces.map(({ provider, name, where }) => `${provider}: ${name} in ${where}`)
}

describe('a look at a computer', () => {
  it('finds what the environment and the tools of the providers show by name', async () => {
    expect(await found()).toEqual([
      'openai: OPENAI_API_KEY in environment',
      'anthropic: STAGING_ANTHROPIC_API_KEY in environment',
      'gcp: configuration default in ~/.config/gcloud/configurations',
      'gcp: application default credentials in ~/.config/gcloud/application_default_credentials.json',
      'aws: profile default in ~/.aws/config',
      'aws: profile work in ~/.aws/config',
      'aws: profile default in ~/.aws/credentials',
      'azure: profile of the Azure CLI in ~/.azure/azureProfile.json',
      'twilio: login of the Twilio CLI in ~/.twilio-cli/config.json',
      'github: github.com in ~/.config/gh/hosts.yml',
      'vercel: login of the Vercel CLI in ~/.local/share/com.vercel.cli/auth.json',
      'cloudflare: login of Wrangler in ~/.config/.wrangler/config/default.toml',
      'datadog: keys of dogshell in ~/.dogrc',
      'agent-logs: Claude Code in ~/.claude',
      'agent-logs: Codex in ~/.codex',
      'agent-logs: Gemini CLI in ~/.gemini',
      'datadog: DATADOG_API_KEY in ~/.zshrc',
    ])
  })

  it('goes through the project folders that were named, and into those in them', async () => {
    const usual = await found()
    const more = (await found({ folders: ['~/shop'] })).filter((each) => !usual.includes(each))
    expect(more).toEqual([
      'openai: OPENAI_ADMIN_KEY in ~/shop/.env',
      'mistral: MISTRAL_API_KEY in ~/shop/.env',
      'xai: XAI_API_KEY in ~/shop/apps/web/.env.local',
    ])
  })

  it('looks in the folder a person stands in and those above it, and in no other', async () => {
    const usual = await found()
    const more = (await found({ standingIn: path.join(homeDir, 'shop', 'apps') })).filter(
      (each) => !usual.includes(each),
    )
    expect(more).toEqual(['openai: OPENAI_ADMIN_KEY in ~/shop/.env', 'mistral: MISTRAL_API_KEY in ~/shop/.env'])
  })

  it('follows a variable to the file it names, and says nothing where there is none', async () => {
    const key = path.join(homeDir, 'robot.json')
    writeFileSync(key, `{"private_key":"${canary}"}`)
    const at = (value: string) =>
      found({}, { ...computer, env: { GOOGLE_APPLICATION_CREDENTIALS: value } }).then((all) =>
        all.filter((each) => /GOOGLE|service account/.test(each)),
      )
    const variable = 'gcp: GOOGLE_APPLICATION_CREDENTIALS in environment'
    expect(await at(key)).toEqual([variable, 'gcp: service account file in ~/robot.json'])
    for (const value of [`/${canary}`, `{"private_key":"${canary}"}`, `/${canary.repeat(1_000)}`])
      expect(await at(value)).toEqual([variable])
  })

  it('names what it could not read, and why', async () => {
    mkdirSync(path.join(homeDir, 'odd', '.env.d'), { recursive: true })
    writeFileSync(path.join(homeDir, 'odd', '.env'), 'A="open\n')
    writeFileSync(path.join(homeDir, 'odd', '.env.large'), 'A=1\n'.repeat(100_000))
    symlinkSync(path.join(homeDir, 'shop', '.env'), path.join(homeDir, 'odd', '.env.linked'))
    const { unread } = await look(computer, { ...nowhere, folders: ['~/odd', 'odd', '~/missing'] })
    expect(unread).toEqual([
      { where: 'odd', why: 'Give the whole path of the folder, from the root or from ~.' },
      { where: '~/missing', why: 'There is no such file or folder.' },
      { where: '~/odd/.env', why: 'A quote in it is never closed; what follows was passed over.' },
      { where: '~/odd/.env.large', why: 'It is too large to be a file of names.' },
    ])
  })

  it('brings back no value of anything', async () => {
    const seen = await look(computer, { folders: ['~'], standingIn: path.join(homeDir, 'shop') })
    expect(seen.traces.length).toBeGreaterThan(15)
    expect(JSON.stringify(seen)).not.toContain(canary)
  })

  it('asks for no variable but those that say where things are', async () => {
    const asked = new Set<string>()
    const env = new Proxy<Record<string, string>>(secretEnvironment, {
      get: (_, name) => void asked.add(String(name)),
    })
    await look({ ...computer, env }, nowhere)
    expect([...asked].filter((name) => /KEY|SECRET|TOKEN|PASSWORD/.test(name))).toEqual([])
    expect(asked).toContain('XDG_CONFIG_HOME')
  })
})
