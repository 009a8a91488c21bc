import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createDesktopPort } from '../../../electron/shell/notifications.ts'
import { Notification } from '../../fakes/electron.ts'

const note = { alertIds: ['alr-1'], title: 'OpenAI is over $100', body: '$140 today', urgent: true }

describe('a native notification', () => {
  const heard: string[] = []
  const port = createDesktopPort({
    openAlert: (id) => heard.push(`open ${id}`),
    acknowledge: (id) => heard.push(`acknowledge ${id}`),
    snooze: (id) => heard.push(`snooze ${id}`),
    refreshTray: () => heard.push('tray'),
  })
  beforeEach(() => {
    heard.length = 0
    Notification.shown.length = 0
    Notification.behaviour = 'shows'
  })

  it('says what happened, and stays on the screen when it is critical', async () => {
    await port.notify(note)
    await port.notify({ ...note, urgent: false })
    expect(Notification.shown.map(({ options }) => options)).toMatchObject([
      { title: 'OpenAI is over $100', body: '$140 today', urgency: 'critical' },
      { urgency: 'normal' },
    ])
  })

  it('opens its gravest alert when it is clicked, and acts on all of them by its buttons', async () => {
    await port.notify({ ...note, alertIds: ['alr-1', 'alr-3'] })
    await port.notify({ ...note, alertIds: ['alr-2', 'alr-4'] })
    Notification.shown[0]?.emit('click')
    Notification.shown[1]?.emit('action', { actionIndex: 0 })
    Notification.shown[1]?.emit('action', { actionIndex: 1 })
    expect(heard).toEqual(['open alr-1', 'acknowledge alr-2', 'acknowledge alr-4', 'snooze alr-2', 'snooze alr-4'])
  })

  it('is a failed delivery when the system refuses it or has none', async () => {
    Notification.behaviour = 'refuses'
    await expect(port.notify(note)).rejects.toThrow('notifications are switched off')
    Notification.behaviour = 'is absent'
    await expect(port.notify(note)).rejects.toThrow('this system shows no notifications')
  })

  it('is a failed delivery when the system says nothing, so that other messages need not wait', async () => {
    vi.useFakeTimers()
    Notification.behaviour = 'says nothing'
    const [outcome] = await Promise.allSettled([port.notify(note), vi.advanceTimersByTimeAsync(10_000)])
    expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'the system did not show it' } })
    vi.useRealTimers()
  })

  it('draws the tray anew when that is told to signal', async () => {
    await port.signal(note)
    expect(heard).toEqual(['tray'])
  })
})
