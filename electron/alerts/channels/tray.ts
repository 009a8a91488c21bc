import type { Channel } from './channel.ts'
import { desktop, tell } from './desktop.ts'

/** The tray icon: flashes for what fires. It stops by itself when somebody acknowledges, so only firing is told. */
export const tray: Channel = {
  available: (system) => system.desktop !== null,
  refuse: () => null,
  render: desktop.render,
  async send({ system }, message) {
    if (message.occasion !== 'fired' && message.occasion !== 'test') return { delivered: true, receipt: null }
    return tell(system.desktop, (port) => port.signal(desktop.render(message) as Parameters<typeof port.signal>[0]))
  },
}
