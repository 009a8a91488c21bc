import type { z } from 'zod'
import type { budgetEntry } from '../../shared/budgets.ts'
import type { planEntry } from '../../shared/plans.ts'
import type { PublishedRate } from '../storage/rates.ts'
import type { BillFactor, Flow } from './world.ts'

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
  /** Somebody else is told after so many minutes in which nobody acknowledged. */
  escalatesAfterMinutes?: number
  /** What the person has set. */
  budgets?: readonly z.input<typeof budgetEntry>[]
  plans?: readonly z.input<typeof planEntry>[]
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
  billFactor?: BillFactor
  /** What the bill is in; dollars unless said otherwise. `billFactor` then holds the rate, too. */
  billCurrency?: string
  /** What the ECB published, for stories of more than one currency. */
  rates?: readonly PublishedRate[]
  /** Every answer holds each bucket twice, and not in order. */
  disorder?: true
  /** What must hold beyond the first alert. */
  atMost?: { lostDollars?: number; pages?: number; minutes?: number }
}

/** Whether the story is told by its spend alone; others need a provider that fails, a channel, a computer that sleeps. */
export function isOfSpendAlone({
  outage,
  channelDown,
  asleep,
  failing,
  usageDelayMs,
  billFactor,
  disorder,
  escalatesAfterMinutes,
}: Scenario): boolean {
  return [escalatesAfterMinutes, outage, channelDown, asleep, failing, usageDelayMs, billFactor, disorder].every(
    (one) => one === undefined,
  )
}
