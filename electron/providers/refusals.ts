import { retryAfterAt } from '../http/retry-after.ts'
import type { Refusal } from './adapter.ts'

/** The facts of a refusal that do not depend on what it means. */
export function statusOf({ status, headers, nowMs }: Refusal): { status: number; retryAtMs?: number } {
  const retryAtMs = retryAfterAt(headers.get('retry-after'), nowMs)
  return { status, ...(retryAtMs === null ? {} : { retryAtMs }) }
}
