import { execFile } from 'node:child_process'

const watcher = 'org.kde.StatusNotifierWatcher'

/** Three programs that can ask the session bus; every desktop has at least one of them. */
const questions: [program: string, args: string[]][] = [
  [
    'gdbus',
    [
      'call',
      '--session',
      '--dest',
      'org.freedesktop.DBus',
      '--object-path',
      '/',
      '--method',
      'org.freedesktop.DBus.NameHasOwner',
      watcher,
    ],
  ],
  ['busctl', ['--user', 'call', 'org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'NameHasOwner', 's', watcher]],
  [
    'dbus-send',
    [
      '--session',
      '--print-reply',
      '--dest=org.freedesktop.DBus',
      '/',
      'org.freedesktop.DBus.NameHasOwner',
      `string:${watcher}`,
    ],
  ],
]

/** Whether somebody shows tray icons on this session bus; null where nobody can be asked. */
export async function hasTrayWatcher(run: typeof ask = ask): Promise<boolean | null> {
  for (const [program, args] of questions) {
    const answer = await run(program, args)
    if (answer !== null) return /\btrue\b/.test(answer)
  }
  return null
}

/** Electron tells nothing of it, and a bus library for one question would be much. */
function ask(program: string, args: string[]): Promise<string | null> {
  const env = Object.fromEntries(
    ['PATH', 'DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR'].map((name) => [name, process.env[name]]),
  )
  return new Promise((resolve) => {
    execFile(program, args, { env, timeout: 3_000 }, (error, stdout) => resolve(error ? null : stdout))
  })
}

/**
 * Whether an icon in the tray would be seen by nobody. Only where it is known: GNOME and most Wayland desktops have no
 * other tray than this one, while an old X11 panel may have one that is not on the bus.
 */
export function lacksTray(session: {
  platform: NodeJS.Platform
  watcher: boolean | null
  sessionType: string | undefined
  desktop: string | undefined
}): boolean {
  if (session.platform !== 'linux' || session.watcher !== false) return false
  return session.sessionType === 'wayland' || /gnome/i.test(session.desktop ?? '')
}
