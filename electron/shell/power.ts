import { app, net, powerMonitor } from 'electron'

/** How often the network is looked for: Electron tells whether it is there, and not when it comes. */
const lookMs = 5_000

/**
 * What the system says about itself. After sleep, behind a locked screen, and without a network the guard missed things,
 * and looks once at all of them; before sleep it writes what is in memory, because batteries die in their sleep.
 */
export function followSystem(guard: { wake(): void; rest(): void }): () => void {
  powerMonitor.on('suspend', guard.rest)
  powerMonitor.on('resume', guard.wake)
  powerMonitor.on('unlock-screen', guard.wake)
  // macOS and Linux wait for us.
  powerMonitor.on('shutdown', () => app.quit())
  let wasOnline = net.isOnline()
  const timer = setInterval(() => {
    const isOnline = net.isOnline()
    if (isOnline && !wasOnline) guard.wake()
    wasOnline = isOnline
  }, lookMs)
  return () => clearInterval(timer)
}
