import type { CallName, Reply, Request } from '../../shared/ipc.ts'
import type { Flow } from '../emulators/world.ts'

export type Ask = <N extends CallName>(name: N, request: Request<N>) => Promise<Reply<N>>

export interface Span {
  fromMs: number
  toMs: number
}

/** A story with its truth: what was usual, what went wrong and when, and what the guard should make of it. */
export interface Scenario {
  name: string
  expect: 'alert' | 'quiet' | 'one note'
  /** The guard is started here, with weeks of `usual` behind it, and watched to the end. */
  watched: Span
  usual: readonly Flow[]
  /** What nobody wanted. Its spend is what is lost until somebody is told. */
  incident: readonly Flow[]
  zone?: string
  /** Before the guard starts watching. */
  prepare?(ask: Ask): Promise<unknown>
  /** Times at which every provider answers with a fault. */
  outage?: Span
  /** Times at which Discord does. */
  channelDown?: Span
  /** The computer sleeps. */
  asleep?: Span
  /** Share of calls that fail at random. */
  failing?: number
  /** Seconds between two looks at usage; 60 unless the story is long. */
  everySeconds?: number
  usageDelayMs?: number
  costDelayMs?: number
  /** The real price over the listed one: the bill then tells another story than the estimate. */
  billFactor?: number
  /** What must hold beyond the first alert. */
  atMost?: { lostDollars?: number; pages?: number; minutes?: number }
}

export interface Outcome {
  scenario: Scenario
  /** Until the first message about it was delivered; null when there was none. */
  minutes: number | null
  /** Dollars of the incident that were gone by then; all of them when nobody was told. */
  lostDollars: number
  /** New messages; an edit of one is none. An alert that turns critical is a second message. */
  pages: number
  alerts: number
  titles: string[]
  verdict: 'good' | 'bad'
}
