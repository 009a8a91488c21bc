import os from 'node:os'
import path from 'node:path'

/** Where discovery looks. Handed in, so that no test ever looks at the computer it runs on. */
export interface Computer {
  platform: string
  homeDir: string
  env: Readonly<Record<string, string | undefined>>
}

export function thisComputer(): Computer {
  return { platform: process.platform, homeDir: os.homedir(), env: process.env }
}

/** Where these are not set, their own documentation says what holds instead. */
const unset: Record<string, string> = {
  XDG_CONFIG_HOME: '~/.config',
  XDG_DATA_HOME: '~/.local/share',
}

/**
 * A place of the table in what.ts on this computer: `~/x`, `$NAME/x` or `/x`; null where the variable names no folder.
 * Only for that table: with a text from outside, `$NAME` would be a way to ask for the value of any variable.
 */
export function placeOf(text: string, computer: Computer): string | null {
  const [, variable = '', rest = ''] = /^\$(\w+)(.*)$/.exec(text) ?? []
  if (variable === '') return pathOf(text, computer)
  const folder = computer.env[variable] || unset[variable]
  const root = folder === undefined ? null : pathOf(folder, computer)
  return root === null ? null : pathsOf(computer).join(root, rest)
}

/** A path as a person types it. Null for a relative one: it would depend on where the guard was started. */
export function pathOf(text: string, computer: Computer): string | null {
  const paths = pathsOf(computer)
  if (text === '~') return computer.homeDir
  if (text.startsWith('~/') || text.startsWith(`~${paths.sep}`)) return paths.join(computer.homeDir, text.slice(2))
  return paths.isAbsolute(text) ? paths.normalize(text) : null
}

/** `~/shop/.env`: shorter to read, and it does not tell a screenshot who lives here. */
export function shortPath(file: string, computer: Computer): string {
  const paths = pathsOf(computer)
  const inHome = paths.relative(computer.homeDir, file)
  if (inHome === '') return '~'
  const outside = inHome === '..' || inHome.startsWith(`..${paths.sep}`) || paths.isAbsolute(inHome)
  return outside ? file : `~${paths.sep}${inHome}`
}

export function pathsOf({ platform }: Pick<Computer, 'platform'>): path.PlatformPath {
  return platform === 'win32' ? path.win32 : path.posix
}
