import type { EmulatedAnswer, Emulator } from '../../emulators/http.ts'

/** A provider on a small stage: an emulator with known spend, and what is odd about it. */
export interface Stage {
  /** The emulator, at the instant of the stage. Called anew for each test. */
  start(): Promise<Emulator>
  nowMs: number
  key: string
  options?: Record<string, string>
  /** What a first read of each feed brings, by currency, in nanos. Feeds that are not named bring nothing. */
  totals: Record<string, Record<string, bigint>>
  /** What `checkKey` is to say of the key; it works unless said otherwise. */
  warnings?: readonly string[]
  /** Keys that are refused by their shape, and words of the sentence that says so. */
  refusedKeys?: readonly (readonly [key: string, words: string])[]
  /** A good answer but for money that cannot be read; to a feed by its own path, where it is not to all. */
  unreadable: readonly { path?: string; answer: EmulatedAnswer }[]
  /** Answers with pages that never end, or lead nowhere. */
  endless?: readonly { path?: string; answer: EmulatedAnswer }[]
  /** How this provider says what others say by a status alone. */
  refusals?: Partial<Record<'credential-rejected' | 'permission-missing' | 'rate-limited', EmulatedAnswer>>
  /** The provider names no wait where it slows one down. */
  namesNoWait?: true
}
