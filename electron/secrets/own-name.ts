import { randomBytes } from 'node:crypto'
import type { SettingsFile } from '../settings/settings.ts'

const key = 'secretsId'

/**
 * The name of a secret that a guard has one of. Several guards, each with a folder of its own, may keep theirs in one
 * keychain: accounts and channels have names that nobody else has, and these get a part that makes them so.
 */
export function ownSecretName(settings: SettingsFile, what: 'heartbeat' | 'links'): string {
  const kept = settings.get(key)
  if (typeof kept === 'string') return kept === '' ? what : `${what}-${kept}`
  // A heartbeat of before has the plain name.
  settings.set(key, settings.get('heartbeat') === true ? '' : randomBytes(6).toString('hex'))
  return ownSecretName(settings, what)
}
