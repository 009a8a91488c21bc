import { Menu } from 'electron'

/**
 * Electron's own menu leads to its website and developer tools. macOS needs one all the same, because copying and
 * pasting work through it; elsewhere they work by themselves.
 */
export function setAppMenu(): void {
  const mac = [{ role: 'appMenu' as const }, { role: 'editMenu' as const }, { role: 'windowMenu' as const }]
  Menu.setApplicationMenu(process.platform === 'darwin' ? Menu.buildFromTemplate(mac) : null)
}
