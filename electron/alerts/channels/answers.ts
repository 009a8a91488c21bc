import { fail, type FailureKind } from '../../../shared/failures.ts'
import { hourMs, secondMs } from '../../../shared/time.ts'
import { retryAfterAt } from '../../http/retry-after.ts'
import type { Answer } from '../../http/send-json.ts'
import type { DeliveryOutcome } from './channel.ts'
import { i18n } from '../../../shared/words.ts'

export type Failed = Extract<DeliveryOutcome, { delivered: false }>

/** After an answer that asks to wait, but not how long. */
const usualWaitMs = 30 * secondMs

/** This message will not be taken, ever. */
export function refused(message: string, status: number): Failed {
  return failed('give-up', 'channel-rejected', message, status)
}

/** The channel itself no longer exists; the message says what a person can do. */
export function gone(message: string, status: number): Failed {
  return failed('gone', 'channel-gone', message, status)
}

export function limited(who: string, answer: Pick<Answer, 'status' | 'headers'>, nowMs: number): Failed {
  const { status } = answer
  const retryAtMs = waitUntil(answer, nowMs) ?? nowMs + usualWaitMs
  return {
    delivered: false,
    next: 'retry',
    failure: fail('rate-limited', i18n.t('{who} asked us to wait.', { who }), { status, retryAtMs }),
  }
}

/** A page such as the login of a company's proxy: it says nothing about the channel or the message. */
export function unrelated(who: string, status: number): Failed {
  const message = i18n.t('{who}, or what stands before it, answered with something else ({status}).', { who, status })
  return failed('retry', 'unexpected-response', message, status)
}

/** What a status other than a success means where the other side has no better word for it. */
export function judgeStatus(who: string, answer: Pick<Answer, 'status' | 'headers'>, nowMs: number): Failed {
  const { status } = answer
  if (status === 429) return limited(who, answer, nowMs)
  if (status < 500 && status !== 408 && status !== 425)
    return refused(i18n.t('{who} refused the message with {status}.', { who, status }), status)
  const retryAtMs = waitUntil(answer, nowMs)
  const facts = { status, ...(retryAtMs === null ? {} : { retryAtMs }) }
  return {
    delivered: false,
    next: 'retry',
    failure: fail('provider-down', i18n.t('{who} answered {status}.', { who, status }), facts),
  }
}

function failed(next: Failed['next'], kind: FailureKind, message: string, status: number): Failed {
  return { delivered: false, next, failure: fail(kind, message, { status }) }
}

/** `Retry-After` within reason: not at once, and not so long that the alert is old news. */
function waitUntil({ headers }: Pick<Answer, 'headers'>, nowMs: number): number | null {
  const namedMs = retryAfterAt(headers['retry-after'] ?? null, nowMs)
  return namedMs === null ? null : Math.min(Math.max(namedMs, nowMs + secondMs), nowMs + hourMs)
}
