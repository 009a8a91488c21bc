import type { KeychainRequest, KeychainReply } from './keychain.ts'

/**
 * The only importer of keytar, in a process of its own: a locked keyring blocks the thread that asks, and four of those
 * would stall every file read of the guard. Started by keychain.ts; speaks over its message channel, never by arguments
 * or environment.
 */
const service = 'api-spend-guard'

interface Port {
  on(event: 'message', listener: (message: unknown) => void): void
  postMessage?(message: unknown): void
  send?(message: unknown): void
}

// Electron's utility process has `process.parentPort`; a forked Node process is its own port.
const parentPort = (process as unknown as { parentPort?: Port }).parentPort
const port: Port = parentPort ?? (process as unknown as Port)
const reply = (message: KeychainReply) => (port.postMessage ? port.postMessage(message) : port.send?.(message))

port.on('message', (message) => {
  // Electron wraps the message in an event.
  const request = (parentPort ? (message as { data: unknown }).data : message) as KeychainRequest
  void answer(request).then(reply)
})

async function answer(request: KeychainRequest): Promise<KeychainReply> {
  try {
    const { default: keytar } = await import('keytar')
    if (request.act === 'get') return { id: request.id, secret: await keytar.getPassword(service, request.name) }
    if (request.act === 'set') await keytar.setPassword(service, request.name, request.secret)
    else if (!(await keytar.deletePassword(service, request.name))) {
      // Nothing was deleted: either there is nothing, or the keyring is locked, which only reading finds out.
      if ((await keytar.getPassword(service, request.name)) !== null) await keytar.deletePassword(service, request.name)
    }
    return { id: request.id, secret: null }
  } catch (error) {
    return { id: request.id, problem: (error as Error).message }
  }
}
