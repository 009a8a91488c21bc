import { powerMonitor } from 'electron'

/** After sleep or a locked screen the guard looks once at all it missed. */
export function wakeOnResume(wake: () => void): void {
  powerMonitor.on('resume', wake)
  powerMonitor.on('unlock-screen', wake)
}
