import { t } from '@lingui/core/macro'
import { parsePush, parseReply } from './replies.ts'
import { createSseReader, type SseEvent } from './sse.ts'
import { fail } from '../shared/failures.ts'
import type { GuardClient } from '../shared/guard-client.ts'
import { allChanged, pushes, type ParsedRequest, type PushName } from '../shared/ipc.ts'
import { projectPages } from '../shared/project-pages.ts'
import { pageUrl } from '../shared/providers.ts'
import { err, ok } from '../shared/result.ts'

export interface HttpSurroundings {
  origin: string
  token: string | null
  fetch: (input: string, init: RequestInit) => Promise<Response>
  after: (delayMs: number, task: () => void) => () => void
  /** Opens a page of our own list; in a browser that is this side's business, not the server's. */
  openPage: (url: string) => void
}

type Listener = (push: never) => void

const firstWaitMs = 1_000
const longestWaitMs = 30_000

export function createHttpClient(surroundings: HttpSurroundings): GuardClient {
  const { origin, token, fetch, openPage } = surroundings
  const listeners = new Map<PushName, Set<Listener>>()
  const headers = { authorization: `Bearer ${token ?? ''}` }

  function tell(event: SseEvent): void {
    const name = (Object.keys(pushes) as PushName[]).find((known) => known === event.name)
    if (!name) return
    const push = parsePush(name, parseJson(event.data))
    if (push === null) return
    for (const listener of listeners.get(name) ?? []) listener(push as never)
  }

  const stream = createPushStream(surroundings, headers, tell)

  return {
    async call(name, request) {
      if (name === 'links:open') {
        const { provider, page } = request as ParsedRequest<'links:open'>
        openPage(pageUrl(provider, page))
        return ok({}) as never
      }
      if (name === 'links:open-project') {
        openPage(projectPages[(request as ParsedRequest<'links:open-project'>).page])
        return ok({}) as never
      }
      try {
        const response = await fetch(`${origin}/api/calls/${name}`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(request),
        })
        if (response.status === 401) return err(noToken())
        return parseReply(name, parseJson(await response.text()))
      } catch {
        return err(fail('unreachable-guard', t`Is spend-guard still running? This page tries again by itself.`))
      }
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set<Listener>()
      listeners.set(name, set.add(listener as Listener))
      stream.open()
      return () => {
        set.delete(listener as Listener)
        if ([...listeners.values()].every((each) => each.size === 0)) stream.close()
      }
    },
  }
}

const noToken = () =>
  fail(
    'unreachable-guard',
    t`This page has no valid token. Open the address that spend-guard serve printed; it holds one for this run.`,
  )

/** Server-sent events by fetch, because EventSource cannot send a header. Tries again for ever, ever less often. */
function createPushStream(
  { origin, fetch, after }: HttpSurroundings,
  headers: Record<string, string>,
  tell: (event: SseEvent) => void,
) {
  let abort: AbortController | null = null
  let cancelWait = () => {}

  async function run(signal: AbortSignal, waitMs: number): Promise<void> {
    let nextWaitMs = Math.min(waitMs * 2, longestWaitMs)
    try {
      const response = await fetch(`${origin}/api/pushes`, { headers, signal })
      if (response.ok && response.body) {
        // Whatever was pushed while we were away is unknown, so everything on the screen is read again.
        if (waitMs > firstWaitMs) tell({ name: 'changed', data: JSON.stringify(allChanged) })
        nextWaitMs = firstWaitMs * 2
        await readAll(response.body, tell)
      }
    } catch {
      // Not reached, cut off or closed by us: the next lines decide.
    }
    if (!signal.aborted) cancelWait = after(waitMs, () => void run(signal, nextWaitMs))
  }

  return {
    open() {
      if (abort) return
      abort = new AbortController()
      void run(abort.signal, firstWaitMs)
    },
    close() {
      cancelWait()
      abort?.abort()
      abort = null
    },
  }
}

async function readAll(body: ReadableStream<Uint8Array>, tell: (event: SseEvent) => void): Promise<void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  const read = createSseReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    for (const event of read(decoder.decode(value, { stream: true }))) tell(event)
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // the caller's schema refuses it and says so
  }
}
