import { readdirSync, rmdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Erased } from '../shared/data.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { keptSecrets } from './kept-secrets.ts'
import { ownSecretName } from './secrets/own-name.ts'
import type { SecretStore } from './secrets/secret-store.ts'
import type { SettingsFile } from './settings/settings.ts'
import { allSecretNames } from './storage/secret-names.ts'
import { i18n } from '../shared/words.ts'

/**
 * What a guard wrote into its folder, by the beginning of the name: with `--data-dir` there may be other people's files
 * beside it, and those are left alone.
 */
const ours = [/^spend\.sqlite/, /^settings\.json/, /^vault\.json/, /^sources$/, /^incoming$/]
/** Written until the very end. */
const last = [/^guard\.log/, /^owner\.lock/, /^endpoint\.json/, /^app$/]

/**
 * Deletes all that a guard that is stopped by now ever kept: keys first, because their names are in the database. Where
 * one cannot be deleted nothing else is, so that it can be tried again.
 */
export async function eraseData(parts: {
  dataDir: string
  secrets: SecretStore
  settings: SettingsFile
}): Promise<Result<Erased>> {
  const { dataDir, secrets, settings } = parts
  const usable = await secrets.check()
  if (!usable.ok) return usable
  const { names, unread } = allSecretNames(dataDir)
  for (const name of [...keptSecrets(settings), ownSecretName(settings, 'links')]) names.add(name)
  if (settings.get('heartbeat') === true) names.add(ownSecretName(settings, 'heartbeat'))
  for (const name of names) {
    const deleted = await secrets.delete(name)
    if (!deleted.ok) return err(deleted.failure)
  }
  secrets.close()
  removeOurs(dataDir, ours)
  removeBackups(path.join(dataDir, 'backups'))
  return ok({
    gone: [
      i18n.t('the database with all history, alerts, budgets and channels'),
      i18n.t('its backups'),
      i18n.t('the settings'),
      secrets.kind === 'vault' ? i18n.t('the vault with all keys') : i18n.t('every key of this guard in the keychain'),
      i18n.t('the log'),
    ],
    stays: [
      ...unread.map((file) =>
        i18n.t('Keys that only {file} named: it could not be read, so look for "api-spend-guard" in the keychain.', {
          file,
        }),
      ),
      ...strangersIn(dataDir).map((name) =>
        i18n.t('{path}, which the guard did not write.', { path: path.join(dataDir, name) }),
      ),
      i18n.t('Files you exported, and messages that were sent.'),
      i18n.t('The keys at the providers themselves: revoke them there if nothing else uses them.'),
    ],
  })
}

/** What a process holds until it ends: its log, its lock, and the folder itself where nothing else is in it. */
export function eraseLeftovers(dataDir: string): void {
  removeOurs(dataDir, last)
  try {
    rmdirSync(dataDir)
  } catch {
    // Other people's files are in it, or the window still writes: the folder stays.
  }
}

function removeOurs(dataDir: string, names: readonly RegExp[]): void {
  for (const name of namesIn(dataDir))
    if (names.some((known) => known.test(name)))
      rmSync(path.join(dataDir, name), { recursive: true, force: true, maxRetries: 3 })
}

function removeBackups(folder: string): void {
  removeOurs(folder, [/^spend-.*\.sqlite/])
  if (namesIn(folder).length === 0) rmSync(folder, { recursive: true, force: true })
}

function strangersIn(dataDir: string): string[] {
  return namesIn(dataDir).filter((name) => !last.some((known) => known.test(name)))
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // there is none
  }
}
