import { z } from 'zod'
import { currency, positiveAmount } from './amounts.ts'
import { zoneName } from './budgets.ts'
import { pause } from './pause.ts'
import { refusePublicUrl } from './public-url.ts'

export const trayTitles = ['today', 'burn', 'budget', 'nothing'] as const

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
  /** A person keeps the guard from reading; `polling:pause` and `polling:resume` change it. Whether it is over is in the status. */
  pause: pause.nullable().default(null),
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
  /** Beside the tray icon on macOS, in its tooltip elsewhere. */
  trayTitle: z.enum(trayTitles).default('today'),
  /** Whether the icon itself shows it while all is calm, where the system has no room beside it. */
  trayFigure: z.boolean().default(false),
  /** Whether the tray icon flashes for attention; it never does where the system asks for less motion. */
  trayFlash: z.boolean().default(true),
  /** A small window with the summary: where the desktop has no tray, or always, or never. */
  smallWindow: z.enum(['auto', 'always', 'never']).default('auto'),
  /** Which newer versions of the desktop app are looked for. Nothing is fetched or installed without a yes. */
  updates: z.enum(['stable', 'beta', 'off']).default('stable'),
  /** How far somebody has come in setting up; null when nobody is in the middle of it. */
  setUp: z
    .object({ step: z.enum(['history', 'budget', 'alerts', 'done']), accountId: z.string() })
    .nullable()
    .default(null),
})
export type Settings = z.infer<typeof settings>
/** What a person changes as a setting; heartbeat and pause have calls of their own: one has a secret, the other an end. */
export const settingsForm = settings.omit({ heartbeat: true, pause: true })
/** Without the defaults: zod would fill them in for every setting that a change does not name, and undo it. */
export const settingsChange = z.object(
  Object.fromEntries(
    Object.entries(settingsForm.shape).map(([name, field]) => [name, field.unwrap().optional()]),
  ) as ChangeShape,
)

type FormShape = typeof settingsForm.shape
type ChangeShape = { [N in keyof FormShape]: z.ZodOptional<ReturnType<FormShape[N]['unwrap']>> }
