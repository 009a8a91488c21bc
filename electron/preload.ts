import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { allCalls, allPushes } from '../shared/ipc-names.ts'

/**
 * The bridge: one function per call, made from a closed list, and a way to hear pushes. No generic send, no Node, no
 * schemas; main parses every request again.
 */
const calls = Object.fromEntries(
  allCalls.map((name) => [name, (request: unknown) => ipcRenderer.invoke(name, request) as Promise<unknown>]),
)

function on(name: string, listener: (push: unknown) => void): () => void {
  if (!(allPushes as string[]).includes(name)) throw new RangeError('no such push')
  const hear = (_event: IpcRendererEvent, push: unknown) => listener(push)
  ipcRenderer.on(name, hear)
  return () => void ipcRenderer.removeListener(name, hear)
}

contextBridge.exposeInMainWorld('spendGuard', { calls, on })
