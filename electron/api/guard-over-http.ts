import { z } from 'zod'
import { fail, failure } from '../../shared/failures.ts'
import {
  allChanged,
  calls,
  pushes,
  type CallName,
  type Push,
  type PushName,
  type Reply,
  type Request,
} from '../../shared/ipc.ts'
import type { GuardClient } from '../../shared/guard-client.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { i18n } from '../../shared/words.ts'

const answer = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), failure }),
])

/** A guard that runs in another process, or on another machine, spoken to over HTTP. */
export function createGuardOverHttp(parts: {
  url: string
  token: string
  fetch: typeof fetch
}): GuardClient & { close(): void } {
  const closing = new AbortController()
  const headers = { authorization: `Bearer ${parts.token}` }
  const at = (path: string) => new URL(path, parts.url).href

  async function listen<N extends PushName>(
    name: N,
    listener: (push: Push<N>) => void,
    signal: AbortSignal,
  ): Promise<void> {
    for (let isFirst = true; !signal.aborted; isFirst = false) {
      try {
        const stream = await parts.fetch(at('/api/pushes'), { headers, signal })
        if (stream.ok && stream.body) {
          // What was pushed while nobody listened is unknown: an alert may have fired.
          if (!isFirst && name === 'changed') listener(allChanged as Push<N>)
          await readEvents(stream.body, name, listener)
        }
      } catch {
        if (signal.aborted) return // that is how listening ends
      }
      await new Promise((resolve) => setTimeout(resolve, 2_000))
    }
  }

  return {
    async call<N extends CallName>(name: N, request: Request<N>): Promise<Result<Reply<N>>> {
      try {
        const response = await parts.fetch(at(`/api/calls/${name}`), {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(request),
        })
        const parsed = answer.safeParse(await response.json())
        if (!parsed.success) return err(unreachable(parts.url))
        if (!parsed.data.ok) return err(parsed.data.failure)
        const reply = calls[name].reply.safeParse(parsed.data.value)
        return reply.success
          ? ok(reply.data as Reply<N>)
          : err(fail('unexpected-response', i18n.t('That guard is of another version. Update both.')))
      } catch {
        return err(unreachable(parts.url))
      }
    },
    on(name, listener) {
      const stop = new AbortController()
      void listen(name, listener, AbortSignal.any([stop.signal, closing.signal]))
      return () => stop.abort()
    },
    close: () => closing.abort(),
  }
}

function unreachable(url: string) {
  return fail(
    'unreachable-guard',
    i18n.t('No guard answers at {origin}. Start it with "spend-guard serve", or check the address and token.', {
      origin: new URL(url).origin,
    }),
  )
}

async function readEvents<N extends PushName>(
  body: ReadableStream<Uint8Array>,
  name: N,
  listener: (push: Push<N>) => void,
): Promise<void> {
  const decoder = new TextDecoder()
  let rest = ''
  for (const reader = body.getReader(); ;) {
    const { done, value } = await reader.read()
    if (done) return
    const events = (rest + decoder.decode(value, { stream: true })).split('\n\n')
    rest = events.pop() ?? ''
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1]
      if (!event.startsWith(`event: ${name}\n`) || data === undefined) continue
      const push = pushes[name].safeParse(JSON.parse(data))
      if (push.success) listener(push.data as Push<N>)
    }
  }
}
