import { z } from 'zod'
import { ruleKinds, severities } from './alerts.ts'
import { amount, currency, instant } from './amounts.ts'
import { verdicts } from './verdicts.ts'

/** Bounds in seconds by which durations are counted: from what feels like at once, to a day. */
export const durationBounds = [1, 5, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 14_400, 86_400] as const

/** How long something took, over all the times it happened. A quantile is null where it never did. */
export const spread = z.object({
  count: z.number().int(),
  sumSeconds: z.number(),
  p50: z.number().nullable(),
  p90: z.number().nullable(),
  p95: z.number().nullable(),
  /** How many took at most so long, for each of `durationBounds`. */
  within: z.array(z.number().int()),
})
export type Spread = z.infer<typeof spread>

const money = z.array(z.object({ currency, amount }))

/** How the guard itself does. Of alerts that opened in a window of time; what is not known is null, never 0. */
export const guardMetrics = z.object({
  /** Null: since the beginning. */
  from: instant.nullable(),
  to: instant,
  fired: z.array(z.object({ rule: z.enum(ruleKinds), severity: z.enum(severities), count: z.number().int() })),
  timeToAlert: z.object({
    /** From when the spend began, for velocity and unusual spend. */
    sinceItBegan: spread,
    /** From when the data showed it, for all other rules. */
    sinceItShowed: spread,
  }),
  deliveries: z.array(
    z.object({
      channelId: z.string(),
      /** Label and kind; null for a channel that was removed. */
      channel: z.string().nullable(),
      kind: z.string().nullable(),
      delivered: z.number().int(),
      failed: z.number().int(),
      /** Not settled yet. */
      open: z.number().int(),
      success: z.number().min(0).max(1).nullable(),
      latency: spread,
    }),
  ),
  /** Of the alerts that were told, how many a person did something about within a day. */
  action: z.object({ acted: z.number().int(), of: z.number().int(), rate: z.number().nullable() }),
  timeToAcknowledge: spread,
  verdicts: z.object({
    counts: z.record(z.enum(verdicts), z.number().int()),
    unjudged: z.number().int(),
    /** False ones among the judged. */
    falseRate: z.number().nullable(),
  }),
  /** Alerts that were told and judged false, for each 30 days. */
  falsePages: z.object({ count: z.number().int(), told: z.number().int(), perMonth: z.number().nullable() }),
  prevented: z.object({
    measured: money,
    /** Acknowledged alerts that it was measured for. */
    alerts: z.number().int(),
    /** Acknowledged alerts for which it cannot be said, or not yet. */
    undecided: z.number().int(),
    /** By people's own estimates; never part of what was measured. */
    reported: money,
  }),
})
export type GuardMetrics = z.infer<typeof guardMetrics>
