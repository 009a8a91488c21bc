import { fail, type Failure } from '../shared/failures.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { minuteMs, secondMs } from '../shared/time.ts'
import { isLoopback } from './http/origins.ts'
import { sendJson } from './http/send-json.ts'
import type { SettingsStore } from './settings/settings.ts'
import type { System } from './system.ts'
import { i18n } from '../shared/words.ts'

/** Whoever watches for it should allow twice this. */
export const heartbeatEveryMs = 5 * minuteMs
const timeoutMs = 15 * secondMs

export interface HeartbeatState {
  /** Only the host of the address is shown. */
  host: string | null
  lastAtMs: number | null
  failure: Failure | null
}

export type Heartbeat = ReturnType<typeof createHeartbeat>

/**
 * Calls an address of the person's every few minutes for as long as the guard watches, so that a service outside can
 * tell somebody when the calls stop: a dead guard cannot say so itself.
 */
export function createHeartbeat(parts: {
  system: Pick<System, 'clock' | 'fetch' | 'secrets' | 'log'>
  settings: SettingsStore
  /** The address is as good as a password: whoever knows it can pretend that the guard lives. */
  secretName(): string
  /** A guard that reads nothing must not say that all is well. */
  isPaused(): boolean
}) {
  const { system, settings, secretName } = parts
  let cancelTimer: (() => void) | null = null
  let running = false
  let state: HeartbeatState = { host: null, lastAtMs: null, failure: null }

  async function beat(): Promise<void> {
    if (settings.read().heartbeat && !parts.isPaused()) {
      const url = await system.secrets.get(secretName())
      const answer = !url.ok
        ? url
        : url.value === null
          ? err(fail('secret-missing', i18n.t('The heartbeat address is not in the keychain. Set it again.')))
          : await call(url.value)
      note(answer, url.ok ? url.value : null)
      if (!answer.ok) system.log.warn('heartbeat failed', { kind: answer.failure.kind, status: answer.failure.status })
    }
    if (running) cancelTimer = system.clock.after(heartbeatEveryMs, () => void beat())
  }

  async function call(url: string): Promise<Result<null>> {
    const answer = await sendJson(system, { method: 'GET', url, timeoutMs })
    if (!answer.ok) return answer
    const { status } = answer.value
    if (status >= 200 && status < 300) return ok(null)
    return err(
      fail(
        'unexpected-response',
        i18n.t('The heartbeat address answered {status}. Check it where you made it.', { status }),
        { status },
      ),
    )
  }

  function note(answer: Result<null>, url: string | null): void {
    state = {
      host: url === null ? state.host : new URL(url).host,
      lastAtMs: answer.ok ? system.clock.now() : state.lastAtMs,
      failure: answer.ok ? null : answer.failure,
    }
  }

  return {
    start(): void {
      running = true
      void beat()
    },
    stop(): void {
      running = false
      cancelTimer?.()
    },
    /** Null where none is set. */
    state: (): HeartbeatState | null => (settings.read().heartbeat ? state : null),
    /** Keeps an address after it has answered once. */
    async set(url: string): Promise<Result<HeartbeatState>> {
      const problem = refuseAddress(url)
      if (problem) return err(fail('invalid-input', problem))
      const answer = await call(url)
      if (!answer.ok) return answer
      const kept = await system.secrets.set(secretName(), url)
      if (!kept.ok) return kept
      settings.change({ heartbeat: true })
      note(answer, url)
      return ok(state)
    },
    async remove(): Promise<Result<null>> {
      settings.change({ heartbeat: false })
      state = { host: null, lastAtMs: null, failure: null }
      return system.secrets.delete(secretName())
    },
  }
}

function refuseAddress(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url)
    return i18n.t('A heartbeat address looks like https://hc-ping.com/<id>. Copy it from the service that watches.')
  if (url.username || url.password) return i18n.t('The heartbeat address must not hold a user name or password.')
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return null
  return i18n.t('The heartbeat address must be https; plain http is only for this machine (127.0.0.1).')
}
