import type { ChannelKind } from '../../../shared/channels.ts'
import type { EmulatedAnswer, Emulator, Fault } from '../../emulators/http.ts'

/** What the suite needs to know of the other side of a channel, and how to make it misbehave. */
export interface Stage {
  secret: string
  options?: Record<string, string>
  /** Replaces scheme and host, where the secret does not hold the address. */
  baseUrl?: string
  /** Every piece of the secret that must not show anywhere. */
  private: string[]
  /** Messages in the order they arrived, each with all its versions, as the other side understood them. */
  told(): unknown[][]
  /** Makes the next attempts meet it, as many times as it says. */
  next(trouble: Trouble): void
  /** The channel is removed at the other side; absent where that cannot be told from any other refusal. */
  remove?(): void
  stop(): Promise<void>
}

export type Trouble =
  /** Refused for good, in the words of the other side; `saying` is what it echoes. */
  | { kind: 'refuse'; saying?: string }
  /** Told to wait so long; null where it does not say how long. */
  | { kind: 'limit'; waitMs: number | null }
  | { kind: 'fault' }
  | { kind: 'hang' }
  | { kind: 'reset' }
  /** Something that is no answer of the other side. */
  | { kind: 'garbage'; text: string }

/** How to open a stage, and what the channel can do there. */
export interface StageOf {
  /** What this way to reach it is called, where a kind has several. */
  way?: string
  open(): Promise<Stage>
  /** It edits its message in place as the alert goes on. */
  edits: boolean
  /** Each alert of a message is told by itself, as an incident that ends by itself. */
  tellsEach?: true
  /** A garbled success is no success: the other side answers in a form of its own. */
  answersInForm: boolean
  /** False where the other side cannot say how long to wait. */
  namesWaits?: false
  /** Secrets of the wrong shape, besides the empty one. */
  wrongSecrets: string[]
  /** Of a message that fits on a telephone, not everything may be said; these words must be. */
  says: readonly string[]
  /** Where nobody listens, for a channel whose address is not replaced by a base URL. */
  nowhere?: { baseUrl: string | null; secret?: string; options?: Record<string, string> }
}

export type Stages = Record<Exclude<ChannelKind, 'desktop' | 'tray'>, StageOf | readonly StageOf[]>

/** What most messages have room for. */
export const everything = ['Budget threshold crossed', '$120.50', '$100.00', 'gpt-5.5', 'legacy-ci', 'Delete the key']

/** Troubles of a channel that is reached over HTTP, in the words of its other side. */
export function httpTrouble(
  emulator: Emulator,
  words: {
    refusal(saying: string): EmulatedAnswer
    /** How it asks to wait, beside or instead of the header. */
    limit(waitMs: number | null): EmulatedAnswer
  },
): Stage['next'] {
  return (trouble) => emulator.fail({ times: 1, answer: answerOf(trouble, words) })
}

function answerOf(trouble: Trouble, words: Parameters<typeof httpTrouble>[1]): Fault['answer'] {
  switch (trouble.kind) {
    case 'refuse':
      return words.refusal(trouble.saying ?? 'no')
    case 'limit':
      return words.limit(trouble.waitMs)
    case 'fault':
      return { status: 503, text: '<html>down</html>' }
    case 'garbage':
      return { status: 200, text: trouble.text }
    default:
      return trouble.kind
  }
}
