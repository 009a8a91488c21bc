import type { BrowserWindow } from 'electron'
import { pageOrigin } from './app-protocol.ts'

export const summaryAddress = `${pageOrigin}/?view=popover`

/**
 * The page of the summary stays what it is: its links are handed to another window, and `#close` (Escape) to its own. A
 * page may not close a window that it did not open, and has no other words for us.
 */
export function hearSummary(window: BrowserWindow, on: { follow(hash: string): void; close(): void }): void {
  window.webContents.on('did-navigate-in-page', (_event, url) => {
    const { hash } = new URL(url)
    if (hash.length < 2) return
    if (hash === '#close') on.close()
    else on.follow(hash.slice(1))
    void window.loadURL(`${summaryAddress}#`)
  })
}
