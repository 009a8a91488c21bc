import { app } from 'electron'

const scheme = 'spend-guard'

/** Ids are UUIDs; a few more are allowed, so that a guard of another version can be linked to, and nothing else is. */
const alertLink = /^spend-guard:\/\/alert\/([A-Za-z0-9-]{1,64})\/?$/

/**
 * The alert that a link names, among whatever the system started us with; null where there is none. Anybody can make
 * such a link, a page on the web included: it leads to an alert of this guard and nowhere else, and does nothing to it.
 */
export function alertLinkIn(args: readonly string[]): string | null {
  for (const arg of args) {
    const id = alertLink.exec(arg)?.[1]
    if (id) return id
  }
  return null
}

/**
 * Links of ours open this app; not from a checkout, which would leave the system with links to a folder of sources. What
 * follows `--` is never taken for a switch, whatever a link on Windows manages to hold (CVE-2018-1000006 was such a one).
 */
export function claimLinks(): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient(scheme, process.execPath, ['--'])
}

/**
 * Everything that asks the running app to show itself: a link, a second start, a click in the Dock. macOS tells of a link
 * as an event, possibly before there is a window, the others in the arguments of a start.
 */
export function createDoor(args: readonly string[]) {
  let wanted = alertLinkIn(args)
  let open = (id: string | null): void => {
    wanted = id ?? wanted
  }
  app.on('open-url', (event, url) => {
    event.preventDefault()
    const id = alertLinkIn([url])
    if (id) open(id)
  })
  app.on('second-instance', (_event, argv) => open(alertLinkIn(argv)))
  app.on('activate', () => open(null))
  return {
    /** From now on these windows answer; returns the alert that was asked for before. */
    lead(windows: { showAlert(id: string): void; showDashboard(): void }): string | null {
      open = (id) => (id ? windows.showAlert(id) : windows.showDashboard())
      return wanted
    },
  }
}
