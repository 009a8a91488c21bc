import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { KeychainProcess, KeychainReply } from './keychain.ts'

/** What the secret service needs to be found; nothing else of our environment is the child's business. */
const needed = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'DBUS_SESSION_BUS_ADDRESS',
  'XDG_RUNTIME_DIR',
  'XDG_DATA_HOME',
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'LANG',
  'APPDATA',
  'LOCALAPPDATA',
  'SystemRoot',
  'TMPDIR',
  'TEMP',
]

/** The keychain process under plain Node. */
export function forkKeychain(): KeychainProcess {
  const env = Object.fromEntries(
    needed.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
  const child = fork(entry(), [], { env, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  return {
    send: (request) => void child.send(request),
    onReply: (listener) => void child.on('message', (reply) => listener(reply as KeychainReply)),
    onExit: (listener) => void child.once('exit', listener).on('error', listener),
    kill: () => void child.kill('SIGKILL'),
  }
}

/** Beside the bundle when built, beside this file when run from source. */
function entry(): string {
  const candidates = ['./keychain-process.js', './keychain-process.ts', '../keychain-process.js'].map((name) =>
    fileURLToPath(new URL(name, import.meta.url)),
  )
  return candidates.find((file) => existsSync(file)) ?? 'keychain-process.js'
}
