import path from 'node:path'
import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron'

/** A window with one of our pages, shown when there is something to see unless it is kept for later, and without any power of its own. */
export function openPage(
  options: BrowserWindowConstructorOptions,
  address: string,
  { keepHidden = false } = {},
): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    title: 'API Spend Guard',
    backgroundColor: '#101418',
    ...options,
    webPreferences: {
      preload: path.join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  })
  if (!keepHidden) window.once('ready-to-show', () => window.show())
  void window.loadURL(address)
  return window
}
