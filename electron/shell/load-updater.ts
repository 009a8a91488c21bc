import { existsSync } from 'node:fs'
import path from 'node:path'
import { app } from 'electron'
import { wayOf } from './update-state.ts'
import type { Updater } from './updates.ts'

/** Loaded when it is needed: it is large, and reads its configuration from the installed app. */
export async function loadUpdater(): Promise<Updater> {
  const { autoUpdater } = await import('electron-updater')
  return autoUpdater
}

/** electron-builder puts its configuration beside the app; a copy that was packed by somebody else has none. */
export function wayOfThisCopy() {
  const isConfigured = app.isPackaged && existsSync(path.join(process.resourcesPath, 'app-update.yml'))
  return wayOf({
    platform: process.platform,
    isPackaged: isConfigured,
    isAppImage: Boolean(process.env['APPIMAGE']),
  })
}
