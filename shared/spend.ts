import { z } from 'zod'
import { account, calibration } from './accounts.ts'
import { alert } from './alerts.ts'
import { amount, currency, instant, spend } from './amounts.ts'
import { budgetStatus, outlook, zoneName } from './budgets.ts'
import { failure } from './failures.ts'
import { pause } from './pause.ts'
import { displayTotal } from './rate-notes.ts'
import { scopeText } from './scope.ts'

export const groupings = ['provider', 'account', 'workspace', 'project', 'model', 'key', 'day', 'hour'] as const
export type Grouping = (typeof groupings)[number]

export const exportFormats = ['csv', 'json', 'focus'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** A calendar day `2026-11-23` or an instant; days are read in the zone of the report. */
export const dayOrInstant = z.union([z.iso.date(), instant, z.iso.datetime({ offset: true })], {
  error: (issue) =>
    `${JSON.stringify(issue.input)} is not a day. Write 2026-11-23, or an instant such as 2026-11-23T08:00:00Z.`,
})

/** Only the spend in these scopes: of one kind (two models) in any of them, of several kinds (a model, a key) in each. */
const scopes = z.array(scopeText).max(50, { error: 'That is more than 50 scopes.' }).default([])

export const reportRequest = z.object({
  from: dayOrInstant,
  /** Inclusive when it is a day, exclusive when it is an instant. */
  to: dayOrInstant,
  by: z.enum(groupings),
  zone: zoneName.nullable().default(null),
  scopes,
})

export const reportRow = spend.extend({
  /** Id or name of the group; "(none)" where the provider did not say. A day or an instant for day and hour. */
  key: z.string(),
  label: z.string(),
  asOf: instant.nullable(),
})
export type ReportRow = z.infer<typeof reportRow>

export const report = z.object({
  from: instant,
  to: instant,
  by: z.enum(groupings),
  zone: z.string(),
  rows: z.array(reportRow),
  total: z.array(spend),
  /** The total in the display currency; null where none is set. */
  display: displayTotal.nullable().default(null),
})
export type Report = z.infer<typeof report>

export const steps = ['hour', 'day', 'month'] as const
export type StepWidth = (typeof steps)[number]

export const historyRequest = z.object({
  from: dayOrInstant,
  to: dayOrInstant,
  by: z.enum(['provider', 'account', 'workspace', 'project', 'model', 'key']),
  step: z.enum(steps),
  zone: zoneName.nullable().default(null),
  scopes,
})

/** One coloured band of the stacked chart. Arrays run parallel to `History.steps`; null is unknown, drawn as a gap. */
export const historySeries = z.object({
  key: z.string(),
  label: z.string(),
  currency,
  effective: z.array(amount.nullable()),
})
const stepPlane = z.enum(['billed', 'estimate', 'mixed']).nullable()
export const history = z.object({
  zone: z.string(),
  /** Each step: a month `2026-11`, a day `2026-11-23` or the instant at which an hour begins. */
  steps: z.array(z.string()),
  /** Which plane each step shows: billed (solid), estimate (hatched), mixed, or null where nothing is known (a gap). */
  planes: z.array(stepPlane),
  /** The same for each currency by itself: a bill in euros is none the less for dollars that are an estimate. */
  currencies: z.array(z.object({ currency, planes: z.array(stepPlane) })).default([]),
  series: z.array(historySeries),
  /** The scopes that were asked for, in the words of people. */
  scopes: z.array(z.object({ scope: z.string(), label: z.string() })).default([]),
})
export type History = z.infer<typeof history>

export const outlookRequest = z.object({ zone: zoneName.nullable().default(null), scopes })

/** Where this month is heading, by currency; empty while too little is known, or data of now are missing. */
export const monthOutlook = z.object({
  from: instant,
  to: instant,
  /** Up to when `spent` is known. */
  at: instant,
  currencies: z.array(outlook.pick({ end: true, low: true, high: true }).extend({ currency, spent: amount })),
})
export type MonthOutlook = z.infer<typeof monthOutlook>

export const statusAccount = z.object({
  id: z.string(),
  provider: z.string(),
  label: z.string(),
  workspace: z.string().nullable(),
  state: account.shape.state,
  asOf: instant.nullable(),
  failure: failure.nullable(),
  fill: account.shape.fill,
  calibration: calibration.nullable(),
  unpricedModels: z.array(z.string()),
})

export const status = z.object({
  at: instant,
  zone: z.string(),
  today: z.array(spend),
  month: z.array(spend),
  /** Both in the display currency; null where none is set. */
  display: z.object({ currency, today: displayTotal, month: displayTotal }).nullable().default(null),
  /** Estimated money per hour over the last minutes that have data, per currency. */
  burnPerHour: z.array(z.object({ currency, amount: amount.nullable() })),
  budgets: z.array(budgetStatus),
  accounts: z.array(statusAccount),
  /** A person keeps the guard from reading. Null: it watches. */
  pause: pause.nullable().default(null),
  /** Open alerts: pending, firing, acknowledged and snoozed. */
  alerts: z.array(alert),
  notices: z.array(failure),
})
export type Status = z.infer<typeof status>

export const pollReport = z.object({
  accounts: z.array(
    z.object({
      id: z.string(),
      provider: z.string(),
      label: z.string(),
      ok: z.boolean(),
      failure: failure.nullable(),
      /** Buckets read and stored by this poll. */
      buckets: z.number().int(),
      /** Left alone, because reading it costs money and is not due. */
      spared: z.boolean(),
    }),
  ),
  findings: z.array(
    z.object({
      rule: z.string(),
      scope: z.string(),
      severity: z.string(),
      amount: amount.nullable(),
      limit: amount.nullable(),
      currency,
      summary: z.string(),
    }),
  ),
  deliveries: z.array(
    z.object({
      alert: z.string(),
      channel: z.string(),
      occasion: z.string(),
      state: z.string(),
      attempts: z.number().int(),
      failure: failure.nullable(),
    }),
  ),
})
export type PollReport = z.infer<typeof pollReport>
