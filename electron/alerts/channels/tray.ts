import { desktop, tell } from './desktop.ts'
import type { Channel } from './channel.ts'
import type { DesktopNote } from '../../system.ts'

/** The tray icon: flashes for what fires. It stops by itself when somebody acknowledges, so only firing is told. */
export const tray: Channel<DesktopNote> = {
  available: (system) => system.desktop !== null,
  skips: ['grew', 'acknowledged', 'resolved'],
  refuse: () => null,
  render: desktop.render,
  send: ({ system }, message) => tell(system.desktop, (port) => port.signal(desktop.render(message))),
}
