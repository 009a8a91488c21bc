import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { eraseData } from '../../../electron/erase.ts'
import { createMemorySecrets } from '../../../electron/secrets/memory.ts'
import { ownSecretName } from '../../../electron/secrets/own-name.ts'
import type { SettingsFile } from '../../../electron/settings/settings.ts'

function settingsWith(values: Record<string, unknown> = {}): SettingsFile {
  const file = new Map(Object.entries(values))
  return { get: (key) => file.get(key), set: (key, value) => void file.set(key, value) }
}

describe('the name of a secret that a guard has one of', () => {
  it('stays the same, and is no other guard’s', () => {
    const [one, other] = [settingsWith(), settingsWith()]
    expect(ownSecretName(one, 'links')).toMatch(/^links-[\da-f]{12}$/)
    expect(ownSecretName(one, 'links')).toBe(ownSecretName(one, 'links'))
    expect(ownSecretName(one, 'links')).not.toBe(ownSecretName(other, 'links'))
  })

  it('is the plain one where a heartbeat was set before names were apart', () => {
    const settings = settingsWith({ heartbeat: true })
    expect(ownSecretName(settings, 'heartbeat')).toBe('heartbeat')
    settings.set('heartbeat', false)
    expect(ownSecretName(settings, 'links')).toBe('links')
  })

  it('lets one guard be deleted without the other’s secrets', async () => {
    const secrets = createMemorySecrets()
    const [one, other] = [settingsWith({ secretsId: 'a', heartbeat: true }), settingsWith({ secretsId: 'b' })]
    for (const settings of [one, other])
      for (const what of ['heartbeat', 'links'] as const) await secrets.set(ownSecretName(settings, what), 'kept')
    const dataDir = mkdtempSync(path.join(tmpdir(), 'spend-guard-erase-'))
    expect(await eraseData({ dataDir, secrets, settings: one })).toMatchObject({ ok: true })
    for (const what of ['heartbeat', 'links'] as const) {
      expect(await secrets.get(ownSecretName(one, what))).toMatchObject({ value: null })
      expect(await secrets.get(ownSecretName(other, what))).toMatchObject({ value: 'kept' })
    }
  })
})
