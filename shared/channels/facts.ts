import type { OptionFacts } from '../options.ts'

/** What people are shown about a kind of channel. How it is reached lives in electron/alerts/channels. */
export interface ChannelFacts {
  label: string
  /** Null for a channel of this computer, which needs none and is always there. */
  secret: ChannelSecretFacts | null
  /** How to set it up, in a sentence or two. */
  help: string
  options: Readonly<Record<string, OptionFacts>>
  /** Each message costs money: it hears only what is worth it, and has a daily cap. */
  costly?: true
}

export interface ChannelSecretFacts {
  /** Such as `Webhook URL`. */
  name: string
  /** How it looks. */
  hint: string
  /** It works without one too. */
  optional?: true
}
