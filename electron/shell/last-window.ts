import { app, BrowserWindow } from 'electron'
import { summaryAddress } from './summary-page.ts'

/**
 * For an app that has nothing left to guard: it ends with the window that says so, at once where there is none. The
 * summaries go first, because they hide instead of closing.
 */
export function endWithLastWindow(): void {
  app.on('window-all-closed', () => app.quit())
  const [...windows] = BrowserWindow.getAllWindows()
  for (const window of windows) if (window.webContents.getURL().startsWith(summaryAddress)) window.destroy()
  if (windows.length === 0) app.quit()
}
