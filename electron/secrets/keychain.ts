import { fail, type Failure } from '../../shared/failures.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { secondMs } from '../../shared/time.ts'
import type { SecretStore } from './secret-store.ts'
import { i18n } from '../../shared/words.ts'

export type KeychainRequest =
  | { id: number; act: 'get' | 'delete'; name: string }
  | { id: number; act: 'set'; name: string; secret: string }
export type KeychainReply = { id: number; secret: string | null } | { id: number; problem: string }

/** The process that holds keytar; the host says how one is started. */
export interface KeychainProcess {
  send(request: KeychainRequest): void
  onReply(listener: (reply: KeychainReply) => void): void
  onExit(listener: () => void): void
  kill(): void
}

const idleMs = 10 * secondMs

/**
 * Secrets in the keychain of the operating system. One call at a time, each with a time limit; a call that hangs is
 * ended by ending its process, and the next one starts a new process. A locked keyring shows a dialog, and `answerMs` is
 * how long a person has to answer it.
 */
export function createKeychain(startProcess: () => KeychainProcess, answerMs = 20 * secondMs): SecretStore {
  let child: KeychainProcess | null = null
  let queue: Promise<unknown> = Promise.resolve()
  let nextId = 1
  let idle: ReturnType<typeof setTimeout> | undefined
  let waiting: ((reply: KeychainReply | 'exit') => void) | null = null

  function process(): KeychainProcess {
    if (child) return child
    const started = startProcess()
    // One that was ended because it hung goes a moment later; that is none of the next request's business.
    started.onReply((reply) => child === started && waiting?.(reply))
    started.onExit(() => {
      if (child !== started) return
      child = null
      waiting?.('exit')
    })
    return (child = started)
  }

  function end(): void {
    clearTimeout(idle)
    child?.kill()
    child = null
  }

  function ask(request: KeychainRequest): Promise<Result<string | null>> {
    clearTimeout(idle)
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        settle(err(locked()))
        end()
      }, answerMs)
      const settle = (result: Result<string | null>) => {
        clearTimeout(timer)
        waiting = null
        idle = setTimeout(end, idleMs)
        idle.unref()
        resolve(result)
      }
      waiting = (reply) => {
        if (reply === 'exit') return settle(err(unavailable(i18n.t('its helper ended'))))
        if (reply.id !== request.id) return
        settle('problem' in reply ? err(explain(reply.problem)) : ok(reply.secret))
      }
      try {
        process().send(request)
      } catch {
        settle(err(unavailable(i18n.t('its helper cannot be started'))))
      }
    })
  }

  function inTurn(request: (id: number) => KeychainRequest): Promise<Result<string | null>> {
    const turn = queue.then(() => ask(request(nextId++)))
    queue = turn
    return turn
  }

  const done = (result: Result<string | null>): Result<null> => (result.ok ? ok(null) : result)
  const set = async (name: string, secret: string) => done(await inTurn((id) => ({ id, act: 'set', name, secret })))
  const remove = async (name: string) => done(await inTurn((id) => ({ id, act: 'delete', name })))
  return {
    kind: 'keychain',
    get: (name) => inTurn((id) => ({ id, act: 'get', name })),
    set,
    delete: remove,
    async check() {
      // Reading what is not there works in a locked keyring too; writing does not.
      const written = await set('check', 'ok')
      return written.ok ? remove('check') : written
    },
    close: end,
  }
}

/** What the libraries below say, in words that tell what to do. */
export function explain(problem: string): Failure {
  if (/locked collection|no such object path|does not exist at path|prompt|dismissed|User canceled/i.test(problem))
    return locked()
  if (/autolaunch|D-Bus|not provided|ServiceUnknown|NoReply/i.test(problem))
    return unavailable(i18n.t('no secret service is running'))
  if (/libsecret/i.test(problem))
    return unavailable(i18n.t('libsecret is not installed (Debian: apt install libsecret-1-0 gnome-keyring)'))
  return unavailable(i18n.t('it refused the request'))
}

function locked(): Failure {
  return fail(
    'keychain-locked',
    i18n.t(
      'The keychain is locked. Unlock it (log in to the desktop, or open the keyring) and try again; nothing was changed.',
    ),
  )
}

function unavailable(why: string): Failure {
  return fail(
    'keychain-unavailable',
    i18n.t(
      'The keychain of this computer cannot be used: {why}. On a server, choose an encrypted file: --secret-store vault --vault-passphrase-file FILE.',
      { why },
    ),
  )
}
