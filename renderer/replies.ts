import { t } from '@lingui/core/macro'
import { z } from 'zod'
import { fail, failure } from '../shared/failures.ts'
import { calls, pushes, type CallName, type Push, type PushName, type Reply } from '../shared/ipc.ts'
import { err, ok, type Result } from '../shared/result.ts'

const envelope = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), failure }),
])

/** Reads the answer to a call. What does not fit the contract is a failure, never a guess. */
export function parseReply<N extends CallName>(name: N, answer: unknown): Result<Reply<N>> {
  const parsed = envelope.safeParse(answer)
  if (!parsed.success) return err(unreadable(name))
  if (!parsed.data.ok) return err(parsed.data.failure)
  const value = calls[name].reply.safeParse(parsed.data.value)
  return value.success ? ok(value.data as Reply<N>) : err(unreadable(name))
}

export function parsePush<N extends PushName>(name: N, push: unknown): Push<N> | null {
  const parsed = pushes[name].safeParse(push)
  return parsed.success ? (parsed.data as Push<N>) : null
}

function unreadable(name: string) {
  return fail(
    'unexpected-response',
    t`The guard's answer to ${name} does not fit this page. Reload it; if that does not help, update both.`,
  )
}
