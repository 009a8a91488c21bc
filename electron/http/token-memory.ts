import { secondMs } from '../../shared/time.ts'
import { ok, type Result } from '../../shared/result.ts'

export interface Token {
  value: string
  livesMs: number
}

export type TokenMemory = ReturnType<typeof createTokenMemory>

/** A token this close to its end is no longer used: the request takes time too. */
const marginMs = 60 * secondMs

/** What a key was exchanged for, kept in memory while it lives: a token a poll would be one request too many. */
export function createTokenMemory() {
  let kept: { value: string; untilMs: number } | null = null
  return {
    async get(nowMs: number, renew: () => Promise<Result<Token>>): Promise<Result<string>> {
      if (kept && nowMs < kept.untilMs) return ok(kept.value)
      const fresh = await renew()
      if (!fresh.ok) return fresh
      kept = { value: fresh.value.value, untilMs: nowMs + fresh.value.livesMs - marginMs }
      return ok(kept.value)
    },
    /** It was refused: the next request asks for another. */
    forget(): void {
      kept = null
    },
  }
}
