import { EventEmitter } from 'node:events'
import type { Updater } from '../../electron/shell/updates.ts'

/** A release server and what electron-updater makes of it; a test publishes, breaks and looks. */
export class FakeUpdater extends EventEmitter implements Updater {
  autoDownload = true
  autoInstallOnAppQuit = true
  allowPrerelease = false
  allowDowngrade = true
  logger: object | null = console
  published: string | null = null
  broken: Error | null = null
  checks = 0
  installed: string[] = []
  private here: string | null = null

  async checkForUpdates(): Promise<void> {
    this.checks++
    this.breakIfBroken()
    if (this.published) this.emit('update-available', { version: this.published })
    else this.emit('update-not-available')
  }
  async downloadUpdate(): Promise<void> {
    this.emit('download-progress', { percent: 40 })
    this.breakIfBroken()
    this.here = this.published
    this.emit('update-downloaded', { version: this.published })
  }
  quitAndInstall(): void {
    if (this.here) this.installed.push(this.here)
  }
  private breakIfBroken(): void {
    if (!this.broken) return
    this.emit('error', this.broken)
    throw this.broken
  }
}
