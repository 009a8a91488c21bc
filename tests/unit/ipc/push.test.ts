import { describe, expect, it } from 'vitest'
import { forwardPushes } from '../../../electron/ipc/push.ts'
import { BrowserWindow } from '../../fakes/electron.ts'
import { createFakeGuard } from '../../fakes/guard-client.ts'

describe('what the guard says unasked', () => {
  it('reaches every window that is open', () => {
    const guard = createFakeGuard('calm')
    forwardPushes(guard)
    const [dashboard, popover] = [new BrowserWindow({}), new BrowserWindow({})]
    guard.push('changed', { what: ['spend'] })
    popover.close()
    guard.push('fill', { accountId: 'acc-1', fill: 0.5, feed: 'costs' })

    const spend = { name: 'changed', push: { what: ['spend'] } }
    expect(popover.webContents.sent).toEqual([spend])
    expect(dashboard.webContents.sent).toEqual([
      spend,
      { name: 'fill', push: { accountId: 'acc-1', fill: 0.5, feed: 'costs' } },
    ])
  })
})
