import type { SettingsFile } from './settings/settings.ts'

const key = 'keptSecrets'

/**
 * Names of secrets that the database no longer knows of since a backup took its place. They are kept, because the
 * database of then may be restored too; deleting everything must find them.
 */
export function keptSecrets(settings: SettingsFile): string[] {
  const kept = settings.get(key)
  return Array.isArray(kept) ? kept.filter((name) => typeof name === 'string') : []
}

export function keepSecrets(settings: SettingsFile, names: readonly string[]): void {
  settings.set(key, [...new Set([...keptSecrets(settings), ...names])].sort())
}
