import { describe, expect, it } from 'vitest'
import type { NameReader } from '../../../electron/discovery/dotenv.ts'
import { configurationName, createHostReader, createSectionReader } from '../../../electron/discovery/profiles.ts'

function namesIn(reader: NameReader, ...pieces: string[]): string[] {
  for (const piece of pieces) reader.feed(piece)
  return reader.names()
}

describe('profiles of AWS', () => {
  it('are the sections of both files, in either way of writing', () => {
    const config = '[default]\nregion = eu-west-1\n[profile work]\nsso_session = x\n[sso-session x]\nsso_region = y\n'
    expect(namesIn(createSectionReader(), config)).toEqual(['profile default', 'profile work'])
    expect(namesIn(createSectionReader(), '[wo', 'rk]\r\naws_secret_access_key = [canary]\r\n  [canary]\r\n')).toEqual([
      'profile work',
    ])
  })

  it('are no longer than a name', () => {
    expect(namesIn(createSectionReader(), `[${'a'.repeat(300)}]\n[b]`)).toEqual(['profile b'])
  })
})

describe('hosts of the GitHub CLI', () => {
  it('stand at the left, with what belongs to them indented', () => {
    const file =
      'github.com:\n    oauth_token: gho_canary\n    canary.example.com:\nghe.acme.dev:\n\tuser: x\nversion: 1.0\n'
    expect(namesIn(createHostReader(), file)).toEqual(['github.com', 'ghe.acme.dev'])
  })
})

describe('configurations of gcloud', () => {
  it('are named by their files', () => {
    expect(configurationName('config_work-eu')).toBe('configuration work-eu')
    expect(configurationName('.DS_Store')).toBeNull()
  })
})
