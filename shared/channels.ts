import { z } from 'zod'
import { amount, currency, instant } from './amounts.ts'
import { desktop } from './channels/desktop.ts'
import { discord } from './channels/discord.ts'
import { email } from './channels/email.ts'
import type { ChannelFacts } from './channels/facts.ts'
import { ntfy } from './channels/ntfy.ts'
import { pagerduty } from './channels/pagerduty.ts'
import { pushover } from './channels/pushover.ts'
import { slack } from './channels/slack.ts'
import { sms } from './channels/sms.ts'
import { teams } from './channels/teams.ts'
import { telegram } from './channels/telegram.ts'
import { tray } from './channels/tray.ts'
import { webhook } from './channels/webhook.ts'
import { failure } from './failures.ts'
import { optionProblems } from './options.ts'
import { i18n } from './words.ts'

/** Every kind of channel. One line here and one in electron/alerts/channels/registry.ts wire a new one. */
const kinds = {
  desktop,
  tray,
  discord,
  slack,
  teams,
  email,
  sms,
  telegram,
  ntfy,
  pushover,
  pagerduty,
  webhook,
} as const satisfies Record<string, ChannelFacts>

export type ChannelKind = keyof typeof kinds
export const channelKinds = Object.keys(kinds) as [ChannelKind, ...ChannelKind[]]

export function channelFacts(kind: ChannelKind): ChannelFacts {
  return kinds[kind]
}

/** Kinds a person can add; the others are part of this computer and always there. */
export const addableKinds = channelKinds.filter((kind) => channelFacts(kind).secret !== null)

export const channel = z.object({
  id: z.string(),
  kind: z.enum(channelKinds),
  label: z.string(),
  baseUrl: z.string().nullable(),
  options: z.record(z.string(), z.string()),
  createdAt: instant,
  /**
   * gone: the other side says this channel no longer exists; nothing is sent until a person mends it. capped: it took the
   * messages it may take today.
   */
  state: z.enum(['ok', 'failing', 'capped', 'gone', 'absent']),
  lastDeliveredAt: instant.nullable(),
  lastFailure: failure.nullable(),
  /** Whom it reaches. */
  person: z.string().nullable(),
  /** A test message once a week. */
  selfTest: z.boolean(),
  lastTestedAt: instant.nullable(),
  /** Messages it took today, of so many it may; null where there is no cap. */
  sentToday: z.number().int(),
  dailyCap: z.number().int().nullable(),
  /** What its messages of this month cost, by currency, as far as that is known. */
  costOfMonth: z.array(z.object({ amount, currency })),
})
export type Channel = z.infer<typeof channel>

export const channelEntry = z
  .object({
    kind: z.enum(channelKinds),
    label: z.string().trim().min(1, { error: 'Give the channel a label.' }).max(80),
    baseUrl: z.string().nullable().default(null),
    options: z.record(z.string(), z.string().trim()).default({}),
    person: z.string().trim().min(1).max(80).nullable().default(null),
    secret: z.string().trim().max(10_000).default(''),
  })
  .superRefine((entry, context) => {
    const { label, secret } = channelFacts(entry.kind)
    const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message })
    if (secret === null) return refuse(['kind'], i18n.t('{label} is always there; it need not be added.', { label }))
    if (!secret.optional && entry.secret === '') refuse(['secret'], i18n.t('The secret is empty.'))
    for (const [name, problem] of channelOptionProblems(entry.kind, entry.options)) refuse(['options', name], problem)
  })

/** What is wrong with the options of a channel, by name. */
export function channelOptionProblems(
  kind: ChannelKind,
  chosen: Readonly<Record<string, string>>,
): [name: string, problem: string][] {
  const { label, options } = channelFacts(kind)
  const strange = Object.keys(chosen).filter((name) => !Object.hasOwn(options, name))
  return [
    ...optionProblems(label, options, chosen),
    ...strange.map((name): [string, string] => [name, i18n.t('{label} has no option {name}.', { label, name })]),
  ]
}

/** What a person changes of a channel that is there; what is left out stays. */
export const channelChange = z.object({
  id: z.string(),
  label: z.string().trim().min(1, { error: 'Give the channel a label.' }).max(80).optional(),
  person: z.string().trim().min(1).max(80).nullable().optional(),
  selfTest: z.boolean().optional(),
  baseUrl: z.string().nullable().optional(),
  /** Those that are named; an empty one is taken away. */
  options: z.record(z.string(), z.string().trim()).optional(),
  /** In place of the one that is kept; empty: it stays. */
  secret: z.string().trim().max(10_000).default(''),
})
export type ChannelChange = z.output<typeof channelChange>

/** The options as a change leaves them. */
export function optionsAfter(
  before: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== ''))
}

/** Whether a change sends the secret to another place than the one it was given for. */
export function leadsElsewhere(
  { kind, baseUrl, options }: Pick<Channel, 'kind' | 'baseUrl' | 'options'>,
  change: Pick<ChannelChange, 'baseUrl' | 'options'>,
): boolean {
  if (change.baseUrl !== undefined && change.baseUrl !== baseUrl) return true
  return Object.entries(change.options ?? {}).some(
    ([name, value]) => channelFacts(kind).options[name]?.leadsTo && value !== (options[name] ?? ''),
  )
}

/** Messages a day, for a channel whose messages cost money and where nobody said otherwise. */
export const usualDailyCap = 10

/** Null: as many as there are. */
export function dailyCapOf(kind: ChannelKind, options: Readonly<Record<string, string>>): number | null {
  if (!channelFacts(kind).costly) return null
  const cap = Number(options['daily_cap'] ?? usualDailyCap)
  return Number.isInteger(cap) && cap > 0 ? cap : usualDailyCap
}
