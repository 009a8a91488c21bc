import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { CallName, Reply, Request } from '../../../shared/ipc.ts'
import type { Result } from '../../../shared/result.ts'
import { app, electron9, kit } from '../kit/provide.mjs'
import { openPage } from './page.ts'

/** Goes with the desktop session: Chromium's helpers write to it for a moment after the app has ended. */
export const newDataDir = (): string => mkdtempSync(path.join(process.env['XDG_RUNTIME_DIR'] ?? '', 'data-'))

/** A desktop that shows icons where somebody on the bus does, for Electron 9; GNOME is one that may not. */
export type Desktop = 'Unity' | 'GNOME'

/** Starts the bundled app in Electron 9, as a person would from the menu of the desktop. */
export function launch(dataDir: string, args: string[] = [], desktop: Desktop = 'Unity') {
  const switches = ['--no-sandbox', '--remote-debugging-port=0']
  const child = spawn(electron9, [...switches, app, '--data-dir', dataDir, '--poll-every', '2', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      TZ: zoneWhereItIsNoon(),
      LD_PRELOAD: path.join(kit, 'napi-shim.so'),
      LD_LIBRARY_PATH: path.join(kit, 'lib'), // where Electron 9 finds the library for tray icons
      XDG_CURRENT_DESKTOP: desktop,
    },
  })
  const said: string[] = []
  const devtools = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        said.push(line)
        const address = /^DevTools listening on ws:\/\/([\d.:]+)\//.exec(line)?.[1]
        if (address) resolve(address)
      })
    }
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    pid: child.pid,
    said,
    devtools,
    ended,
    end(): Promise<void> {
      child.kill('SIGKILL')
      return ended
    },
  }
}

/** Today has spend in it already, whenever the test is run. */
function zoneWhereItIsNoon(): string {
  const hours = 12 - new Date().getUTCHours()
  return `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}` // these names count westwards
}

export async function startApp(dataDir: string, args: string[] = [], desktop: Desktop = 'Unity') {
  const started = launch(dataDir, args, desktop)
  const devtools = await Promise.race([
    started.devtools,
    started.ended.then(() => Promise.reject(new Error(`Electron ended: ${started.said.join('\n')}`))),
  ])
  // Not the summary beside the tray, which is there as well, hidden.
  const findPage = () => openWindow(devtools, 'app://bundle/#')
  const app = {
    ...started,
    page: await findPage(),
    /** After its process has ended, or its window was closed and made anew. */
    async findPage(): Promise<void> {
      app.page.close()
      app.page = await findPage()
    },
    /** The addresses of all windows. */
    windows: async () => (await targetsOf(devtools)).map(({ url }) => url),
    openWindow: (address: string) => openWindow(devtools, address),
    /** The pages of all windows at this address, once there are so many. */
    async openWindows(address: string, count: number) {
      let found: Target[] = []
      await waitUntil(async () => {
        found = (await targetsOf(devtools)).filter(({ url }) => url.startsWith(address))
        return found.length === count
      })
      return Promise.all(found.map(openTarget))
    },
    /** The processes of its pages. */
    pages: () => childrenOf(started.pid).filter((pid) => argumentsOf(pid).includes('--type=renderer')),
    /** Asks the guard from within the page, through preload script and IPC. */
    async ask<N extends CallName>(name: N, request: Request<N>): Promise<Reply<N>> {
      const call = `spendGuard.calls[${JSON.stringify(name)}](${JSON.stringify(request)})`
      const answer = await app.page.evaluate<Result<Reply<N>>>(call)
      if (!answer.ok) throw new Error(`${name}: ${answer.failure.message}`)
      return answer.value
    },
  }
  return app
}

/** Of all its descendants: Chromium starts its pages from a process of its own. */
function childrenOf(pid: number | undefined): number[] {
  const text = readText(`/proc/${pid}/task/${pid}/children`)
  return text
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number)
    .flatMap((child) => [child, ...childrenOf(child)])
}

const argumentsOf = (pid: number): string => readText(`/proc/${pid}/cmdline`)

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '' // it has ended meanwhile
  }
}

interface Target {
  url: string
  webSocketDebuggerUrl: string
}

async function targetsOf(devtools: string): Promise<Target[]> {
  return (await (await fetch(`http://${devtools}/json/list`)).json()) as Target[]
}

/** The page of the first window whose address begins like this, once that window is there and has loaded it. */
async function openWindow(devtools: string, address: string) {
  let found: Target | undefined
  await waitUntil(async () => {
    found = (await targetsOf(devtools)).find(({ url }) => url.startsWith(address))
    return found !== undefined
  })
  return openTarget(found)
}

async function openTarget(target: Target | undefined) {
  const page = await openPage(target?.webSocketDebuggerUrl ?? '')
  const isLoaded = "document.readyState === 'complete' && document.querySelector('main') !== null"
  await waitUntil(() => page.evaluate<boolean>(isLoaded).catch(() => false)) // it moves while it loads
  return page
}

async function waitUntil(isSo: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline;) {
    if (await isSo()) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the app showed no page')
}
