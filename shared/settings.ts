import { z } from 'zod'
import { currency, positiveAmount } from './amounts.ts'
import { zoneName } from './budgets.ts'
import { refusePublicUrl } from './public-url.ts'

/** What the interface speaks; each has a catalogue in shared/locales. */
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** Everything a person can set that is not an account, a budget or a channel. Every field has a default. */
export const settings = z.object({
  appearance: z.enum(['system', 'light', 'dark']).default('system'),
  language: z.enum(['system', ...languages]).default('system'),
  /** Null: the machine's own time zone. */
  zone: zoneName.nullable().default(null),
  /** Totals are shown in it beside the exact amounts. Null: each currency by itself. */
  displayCurrency: currency.nullable().default(null),
  /** Money per hour below which the velocity rule never speaks. */
  velocityFloor: positiveAmount.default('25'),
  /** Spend above what is usual that is worth an alert: less than this is silence, however unusual. */
  anomalyFloor: positiveAmount.default('5'),
  usageEverySeconds: z.number().int().min(2).max(3_600).default(60),
  costsEverySeconds: z.number().int().min(2).max(86_400).default(900),
  keepMinutesDays: z.number().int().min(1).max(365).default(7),
  keepHoursDays: z.number().int().min(31).max(3_660).default(400),
  /** Whether the address in the keychain is called while the guard lives; `heartbeat:set` turns it on. */
  heartbeat: z.boolean().default(false),
  /** Where phones reach a guard that serves, for the links in messages. Null: messages hold none. */
  publicUrl: z
    .string()
    .trim()
    .superRefine((text, context) => {
      const problem = refusePublicUrl(text)
      if (problem) context.addIssue({ code: 'custom', message: problem })
    })
    .nullable()
    .default(null),
  trayTitle: z.enum(['today', 'nothing']).default('today'),
})
export type Settings = z.infer<typeof settings>
/** What a person changes as a setting; the heartbeat has calls of its own, because its address is a secret. */
export const settingsForm = settings.omit({ heartbeat: true })
/** Without the defaults: zod would fill them in for every setting that a change does not name, and undo it. */
export const settingsChange = z.object(
  Object.fromEntries(
    Object.entries(settingsForm.shape).map(([name, field]) => [name, field.unwrap().optional()]),
  ) as ChangeShape,
)

type FormShape = typeof settingsForm.shape
type ChangeShape = { [N in keyof FormShape]: z.ZodOptional<ReturnType<FormShape[N]['unwrap']>> }
