import { BrowserWindow } from 'electron'
import { allPushes } from '../../shared/ipc-names.ts'
import type { GuardClient } from '../../shared/guard-client.ts'
import type { Push, PushName } from '../../shared/ipc.ts'

/** Passes what the guard says unasked on to every open window. */
export function forwardPushes(guard: GuardClient): void {
  for (const name of allPushes) guard.on(name, (push) => pushToWindows(name, push))
}

export function pushToWindows<N extends PushName>(name: N, push: Push<N>): void {
  for (const window of BrowserWindow.getAllWindows()) if (!window.isDestroyed()) window.webContents.send(name, push)
}
