import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { silentLogger } from '../../electron/logging/logger.ts'
import { createMemorySecrets } from '../../electron/secrets/memory.ts'
import type { DesktopNote, System } from '../../electron/system.ts'
import { ecbHost } from '../emulators/ecb.ts'
import type { Clock } from '../../shared/clock.ts'

/** A Wednesday afternoon in the middle of a month, so that no test depends on the day it is run. */
const startMs = Date.UTC(2026, 10, 18, 15, 20)

/** A clock that runs as fast as the real one, from the same afternoon each time, and can leap. */
export function createTestClock(): Clock & { leap(ms: number): void } {
  let offsetMs = startMs - Date.now()
  return {
    leap(ms) {
      offsetMs += ms
    },
    now: () => Date.now() + offsetMs,
    after(delayMs, task) {
      const timer = setTimeout(task, delayMs)
      return () => clearTimeout(timer)
    },
  }
}

/** Real HTTP, but not to the ECB, whose rates change from day to day: a test that wants some brings its own. */
const withoutEcb: typeof fetch = async (input, init) => {
  const url = input instanceof globalThis.Request ? input.url : String(input)
  if (new URL(url).host === ecbHost) throw new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } })
  return globalThis.fetch(input, init)
}

/** The surroundings of a guard in a test: a real folder and real HTTP, secrets in memory, a desktop that remembers. */
export function createTestSystem(
  change: Partial<System> = {},
): System & { notes: DesktopNote[]; leap(ms: number): void } {
  const clock = createTestClock()
  const settings = new Map<string, unknown>()
  const notes: DesktopNote[] = []
  return {
    dataDir: mkdtempSync(path.join(tmpdir(), 'spend-guard-test-')),
    clock,
    fetch: withoutEcb,
    secrets: createMemorySecrets(),
    settings: { get: (key) => settings.get(key), set: (key, value) => void settings.set(key, value) },
    log: silentLogger,
    desktop: {
      notify: async (note) => void notes.push(note),
      signal: async () => undefined,
    },
    openLink: () => undefined,
    computer: { platform: 'linux', homeDir: mkdtempSync(path.join(tmpdir(), 'spend-guard-home-')), env: {} },
    zone: 'UTC',
    languages: ['en-US'],
    // An odd one: it must not matter that a half makes round numbers.
    random: () => 0.3721,
    notes,
    leap: clock.leap,
    ...change,
  }
}
