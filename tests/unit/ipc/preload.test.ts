import { beforeAll, describe, expect, it } from 'vitest'
import { allCalls } from '../../../shared/ipc-names.ts'
import { exposed, ipcRenderer } from '../../fakes/electron.ts'

interface Bridge {
  calls: Record<string, (request: unknown) => Promise<unknown>>
  on(name: string, listener: (push: unknown) => void): () => void
}

describe('the bridge into the page', () => {
  let bridge: Bridge
  beforeAll(async () => {
    await import('../../../electron/preload.ts')
    bridge = exposed['spendGuard'] as Bridge
  })

  it('has one function per call and nothing to send anything else with', async () => {
    expect(Object.keys(exposed)).toEqual(['spendGuard'])
    expect(Object.keys(bridge)).toEqual(['calls', 'on'])
    expect(Object.keys(bridge.calls)).toEqual(allCalls)
    await bridge.calls['alerts:show']?.({ id: 'alr-1' })
    expect(ipcRenderer.invoked).toEqual([{ name: 'alerts:show', request: { id: 'alr-1' } }])
  })

  it('passes pushes on without the event of Electron, until the page stops listening', () => {
    const heard: unknown[][] = []
    const stop = bridge.on('changed', (...all) => heard.push(all))
    ipcRenderer.emit('changed', { sender: 'powers' }, { what: ['spend'] })
    stop()
    ipcRenderer.emit('changed', { sender: 'powers' }, { what: ['alerts'] })
    expect(heard).toEqual([[{ what: ['spend'] }]])
  })

  it('hears nothing that the contract does not name', () => {
    expect(() => bridge.on('electron-store-get-data', () => undefined)).toThrow('no such push')
  })
})
