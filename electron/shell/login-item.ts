import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { app } from 'electron'
import type { DesktopApp } from '../../shared/desktop-app.ts'
import { i18n } from '../../shared/words.ts'

export type StartAtLogin = DesktopApp['startAtLogin']

/** Starting at login, as the system itself has it: a person may have changed it there. */
export interface LoginItem {
  state(): StartAtLogin
  set(on: boolean): void
}

/** Started like this the app opens no window. macOS hands on no arguments; there it is asked how it was started. */
const hidden = '--hidden'

export function createLoginItem(): LoginItem {
  if (process.platform === 'linux') return createAutostart(autostartDir(), commandOfThisApp())
  // From a checkout this would start a bare Electron, which does nothing.
  if (!app.isPackaged)
    return {
      state: () => ({ on: false, canChange: false, note: i18n.t('Only the installed app can do this.') }),
      set() {},
    }
  return process.platform === 'darwin' ? macLoginItem : windowsLoginItem
}

export function wasStartedAtLogin(): boolean {
  return process.platform === 'darwin' && app.isPackaged && app.getLoginItemSettings().wasOpenedAtLogin
}

const macLoginItem: LoginItem = {
  state() {
    const { status } = app.getLoginItemSettings()
    const isWaiting = status === 'requires-approval'
    return {
      on: status === 'enabled',
      canChange: true,
      note: isWaiting ? i18n.t('macOS waits for your approval: System Settings, General, Login Items.') : null,
    }
  },
  set: (on) => app.setLoginItemSettings({ openAtLogin: on }),
}

const windowsLoginItem: LoginItem = {
  state() {
    const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings({ args: [hidden] })
    const isSwitchedOff = openAtLogin && !executableWillLaunchAtLogin
    return {
      on: openAtLogin && !isSwitchedOff,
      canChange: true,
      note: isSwitchedOff ? i18n.t('It is switched off in the Task Manager, under Startup apps.') : null,
    }
  },
  set: (on) => app.setLoginItemSettings({ openAtLogin: on, enabled: on, args: [hidden] }),
}

/** Linux has no call for it, but a folder that every desktop looks into (XDG autostart specification). */
export function createAutostart(dir: string, command: readonly string[]): LoginItem {
  const file = path.join(dir, 'api-spend-guard.desktop')
  return {
    state() {
      const on = existsSync(file) && isOn(readFileSync(file, 'utf8'))
      return { on, canChange: true, note: null }
    },
    set(on) {
      if (!on) return rmSync(file, { force: true })
      mkdirSync(dir, { recursive: true, mode: 0o700 })
      writeFileSync(file, desktopEntry([...command, hidden]))
    },
  }
}

/** Desktops switch an entry off in one of two ways, without removing it. */
function isOn(entry: string): boolean {
  return !/^Hidden\s*=\s*true\s*$/m.test(entry) && !/^X-GNOME-Autostart-enabled\s*=\s*false\s*$/m.test(entry)
}

function desktopEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=API Spend Guard',
    'Comment=A smoke detector for API bills',
    `Exec=${command.map(quoted).join(' ')}`,
    'Icon=api-spend-guard',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

/** Quoted for the Exec key: first as an argument, then as a string of the file, where % begins a field code. */
function quoted(argument: string): string {
  const escaped = argument.replace(/["`$\\]/g, String.raw`\$&`)
  return `"${escaped.replaceAll('\\', '\\\\').replaceAll('%', '%%')}"`
}

function autostartDir(): string {
  return path.join(process.env['XDG_CONFIG_HOME'] || path.join(homedir(), '.config'), 'autostart')
}

/** An AppImage is unpacked to another place at every start; what starts it is the file itself. */
function commandOfThisApp(): string[] {
  const image = process.env['APPIMAGE']
  if (image) return [image]
  return app.isPackaged ? [process.execPath] : [process.execPath, app.getAppPath()]
}
