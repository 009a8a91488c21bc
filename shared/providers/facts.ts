import type { OptionFacts } from '../options.ts'

/** What people are shown about a provider. How it is read lives in electron/providers. */
export interface ProviderFacts {
  label: string
  /** What an account proves itself with; null for one that needs no key. */
  key: KeyFacts | null
  billingUrl: string
  /** What to do when it burns money, in one sentence. */
  stopHelp: string
  stopUrl: string
  /** Where to set a limit at the provider; the page that stops it where there is no other. */
  limitUrl?: string
  /** Providers whose bill may hold the same spend once more. */
  repeats?: readonly string[]
  options: Readonly<Record<string, OptionFacts>>
  /** A person brings what there is to read, whenever they like: nothing else is as old as that. */
  brought?: true
  /** A person says how it is read, so what was understood is shown before it is added. */
  tryIt?: true
}

export interface KeyFacts {
  /** Such as `Admin key`. */
  name: string
  /** How it looks: `sk-admin-…`. */
  hint: string
  /** How every key of this provider begins, those that cannot read the bill too: tells whose key somebody pasted. */
  begins?: readonly string[]
  /** Where to create one, where that is known. */
  url?: string
  /** Which one to create, so that it can do as little as possible besides reading. */
  help: string
  /** A whole file with line breaks, such as the JSON of a service account; one line otherwise. */
  document?: true
  /** It works without one too: then the help says how. */
  optional?: true
}
