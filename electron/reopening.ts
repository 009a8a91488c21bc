import { allChanged, type CallName, type Push, type PushName } from '../shared/ipc.ts'
import { fail, type Failure } from '../shared/failures.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { LinkDesk } from './alerts/links.ts'
import { eraseData } from './erase.ts'
import { createGuard, type Guard } from './guard.ts'
import { completeRestore } from './storage/restore.ts'
import type { System } from './system.ts'
import { i18n } from '../shared/words.ts'

/** After the answer is out: whoever asked wants to read it. */
const endAfterMs = 500

/** A guard that stays the same to everybody who holds it while another database takes the place of its own. */
export interface ReopeningGuard extends Guard {
  /** Resolves once everything was deleted: whoever hosts it ends, and deletes what only it can (electron/erase.ts). */
  erased: Promise<void>
}

export function createReopeningGuard(system: System): Result<ReopeningGuard> {
  const listeners = new Map<PushName, Set<(push: never) => void>>()
  let isStarted = false
  let desk: LinkDesk | null = null
  let down: Failure | null = null
  let opening: Promise<unknown> = Promise.resolve()
  let current: Guard
  let tellErased = () => {}
  const erased = new Promise<void>((resolve) => (tellErased = resolve))

  function open(): Result<null> {
    const opened = createGuard(system, keeper)
    if (!opened.ok) {
      down = opened.failure
      return opened
    }
    current = opened.value
    down = null
    for (const name of listeners.keys()) hear(name)
    return ok(null)
  }

  function hear(name: PushName): void {
    current.on(name, (push) => {
      for (const listener of listeners.get(name) ?? []) (listener as (push: unknown) => void)(push)
    })
  }

  /** One at a time, and calls wait for it. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = opening.then(act)
    opening = turn.catch(() => undefined)
    return turn
  }

  async function reopen(): Promise<Result<null>> {
    const opened = open()
    if (!opened.ok) return opened
    if (desk) desk = await current.serveLinks()
    if (isStarted) current.start()
    for (const listener of listeners.get('changed') ?? []) (listener as (push: Push<'changed'>) => void)(allChanged)
    return opened
  }

  const keeper = {
    restore: () =>
      inTurn(async () => {
        await current.stop()
        completeRestore(system.dataDir)
        return reopen()
      }),
    erase: () =>
      inTurn(async () => {
        await current.stop()
        const gone = await eraseData(system)
        if (!gone.ok) {
          const opened = await reopen()
          return opened.ok ? gone : opened
        }
        down = fail('not-found', i18n.t('Everything was deleted. Start API Spend Guard again to begin anew.'))
        system.clock.after(endAfterMs, tellErased)
        return gone
      }),
  }

  const first = open()
  if (!first.ok) return first
  return ok({
    async call<N extends CallName>(name: N, request: Parameters<Guard['call']>[1]) {
      await opening
      return down ? err(down) : current.call(name, request as never)
    },
    on<N extends PushName>(name: N, listener: (push: Push<N>) => void) {
      const heard = listeners.get(name) ?? new Set()
      if (!listeners.has(name)) {
        listeners.set(name, heard)
        if (!down) hear(name)
      }
      heard.add(listener as (push: never) => void)
      return () => void heard.delete(listener as (push: never) => void)
    },
    start() {
      isStarted = true
      current.start()
    },
    wake: () => void (down ?? current.wake()),
    rest: () => void (down ?? current.rest()),
    tidy: () => current.tidy(),
    async serveLinks() {
      desk = await current.serveLinks()
      const now = () => desk as LinkDesk
      return {
        publicUrl: () => now().publicUrl(),
        now: () => now().now(),
        look: (token) => now().look(token),
        act: (...choice) => now().act(...choice),
      }
    },
    async stop() {
      await opening
      if (!down) await current.stop()
    },
    erased,
  })
}
