import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { asking, fillIn, type Ask } from './fill.ts'
import { pageHeaders } from '../../../electron/api/content-policy.ts'
import { createGuard, type Guard } from '../../../electron/guard.ts'
import { loadPriceBook } from '../../../electron/prices/load-price-book.ts'
import type { World } from '../../../electron/replay/world.ts'
import type { ShellBridge } from '../../../renderer/shell-client.ts'
import type { CallName } from '../../../shared/ipc.ts'
import { allCalls, allPushes } from '../../../shared/ipc-names.ts'
import { leakStory } from '../../emulators/story.ts'
import { createFakeClock } from '../../fakes/clock.ts'
import { createHome, secretEnvironment } from '../../fakes/home.ts'
import { createTestSystem } from '../../fakes/system.ts'
import { calm, createRandom } from '../../scenarios/play.ts'
import { createNet, webhookUrl } from '../../scenarios/provider-net.ts'

const built = fileURLToPath(new URL('../../../out/renderer/', import.meta.url))
const origin = 'https://guard.test'
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

const minuteMs = 60_000
/** A Wednesday afternoon. */
const beginsMs = Date.UTC(2026, 10, 18, 15, 20)
/** From here on somebody else uses a key that was forgotten. */
export const leaksMs = beginsMs + 15 * minuteMs

export interface ToldStory {
  ask: Ask
  now(): number
  /** What the Discord channel was told. */
  told: readonly { atMs: number; title: string }[]
  /** Lets time pass for the guard and for every page of it. */
  advance(ms: number): Promise<void>
  /** The id of the alert of fast spend: on a busy computer the guard may still be at it when its time has come. */
  fastSpend(): Promise<string>
  /** Opens the built page on the guard, as the desktop app does. */
  show(page: Page, address: string): Promise<void>
  stop(): Promise<void>
}

/** The real guard over emulated providers, on a simulated clock: the same afternoon whenever it is told. */
export async function tellStory(): Promise<ToldStory> {
  await loadPriceBook() // imported lazily: in simulated time it would take hours
  const clock = createFakeClock(beginsMs)
  const random = createRandom('an afternoon')
  const world: World = {
    now: () => clock.now(),
    flows: leakStory(leaksMs),
    usageDelayMs: minuteMs,
    costDelayMs: 6 * 60 * minuteMs,
  }
  const home = createHome()
  const { fetch, told } = createNet({}, world, random)
  const opened = createGuard(
    createTestSystem({
      clock,
      fetch,
      random,
      desktop: null,
      computer: { platform: 'linux', homeDir: home, env: secretEnvironment },
    }),
  )
  if (!opened.ok) throw new Error(opened.failure.message)
  const guard = opened.value
  const ask = asking(guard)
  const pages: Page[] = []

  async function advance(ms: number): Promise<void> {
    const untilMs = clock.now() + ms
    do {
      clock.advance(Math.max(0, Math.min(clock.nextAtMs() ?? untilMs, untilMs) - clock.now()))
      await calm()
    } while (clock.now() < untilMs)
    for (const page of pages) await page.clock.setFixedTime(clock.now())
  }

  guard.start()
  await fillIn(ask, { webhookUrl, now: () => clock.now() }, () => advance(minuteMs))
  return {
    ask,
    advance,
    now: () => clock.now(),
    told,
    async fastSpend() {
      for (let wait = 0; wait < 200; wait++) {
        const open = await ask('alerts:list', { state: 'open' })
        const found = open.find(({ rule, state }) => rule === 'velocity' && state === 'firing')
        if (found) return found.id
        await sleep(25)
      }
      throw new Error('nobody noticed that money was spent fast')
    },
    async show(page, address) {
      if (!pages.includes(page)) {
        await connect(page, guard)
        await page.clock.setFixedTime(clock.now())
        pages.push(page)
      }
      await page.goto(`${origin}/${address}`)
    },
    async stop() {
      await guard.stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** The bridge of the desktop app, over what Playwright exposes to a page; files come from what is built. */
async function connect(page: Page, guard: Guard): Promise<void> {
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url())
    const file = pathname === '/' ? 'index.html' : pathname.slice(1)
    const headers = { ...pageHeaders, 'content-type': types[path.extname(file)] ?? 'application/octet-stream' }
    await route.fulfill({ headers, body: await readFile(path.join(built, file)) })
  })
  await page.exposeFunction('askGuard', (name: CallName, request: never) => guard.call(name, request))
  await page.addInitScript(
    ({ names }) => {
      const page = globalThis as unknown as {
        askGuard(name: string, request: unknown): Promise<unknown>
        hearGuard(name: string, push: unknown): void
        spendGuard: ShellBridge
      }
      const listeners: [string, (push: unknown) => void][] = []
      page.hearGuard = (name, push) => listeners.forEach(([of, listener]) => of === name && listener(push))
      page.spendGuard = {
        calls: Object.fromEntries(names.map((name) => [name, (request) => page.askGuard(name, request)])),
        on: (name, listener) => {
          const entry: (typeof listeners)[number] = [name, listener]
          listeners.push(entry)
          return () => void listeners.splice(listeners.indexOf(entry), 1)
        },
      }
    },
    { names: allCalls },
  )
  for (const name of allPushes)
    guard.on(name, (push) => {
      // A page that is on its way elsewhere asks anew when it is there.
      void page
        .evaluate(
          ([name, push]) =>
            (globalThis as unknown as { hearGuard?(name: string, push: unknown): void }).hearGuard?.(name, push),
          [name, push] as const,
        )
        .catch(() => undefined)
    })
}
