import path from 'node:path'
import { utilityProcess } from 'electron'
import type { KeychainProcess, KeychainReply } from '../secrets/keychain.ts'

/** The keychain process under Electron, whose fuses forbid running as plain Node. */
export function startKeychainUtility(): KeychainProcess {
  const child = utilityProcess.fork(path.join(import.meta.dirname, 'keychain-process.js'), [], {
    stdio: 'ignore',
    serviceName: 'keychain',
  })
  return {
    send: (request) => child.postMessage(request),
    onReply: (listener) => void child.on('message', (reply: KeychainReply) => listener(reply)),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => void child.kill(),
  }
}
