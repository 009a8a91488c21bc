import type { Failure } from './failures.ts'

/** What an operation that can fail in normal use answers. Bugs throw instead. */
export type Result<T, F = Failure> = { ok: true; value: T } | { ok: false; failure: F }

export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value }
}

export function err<F>(failure: F): { ok: false; failure: F } {
  return { ok: false, failure }
}
