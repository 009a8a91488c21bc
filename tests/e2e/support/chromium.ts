import { existsSync } from 'node:fs'

/** A Chromium of the system where there is one; otherwise the one Playwright installed. */
const executablePath = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path))

export const launchOptions = {
  ...(executablePath ? { executablePath } : {}),
  // Containers run as root and have a small /dev/shm; neither matters for pages of our own.
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
}
