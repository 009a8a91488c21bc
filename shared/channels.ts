import { z } from 'zod'
import { instant } from './amounts.ts'
import { secretText } from './accounts.ts'
import { failure } from './failures.ts'

export interface ChannelFacts {
  label: string
  /** What the secret is called; null when the channel needs none and is always there. */
  secretName: string | null
  secretHint: string
  help: string
}

/** What people are shown about each kind of channel; how it is reached lives in electron/alerts/channels. */
export const channelFacts = {
  desktop: {
    label: 'Desktop notification',
    secretName: null,
    secretHint: '',
    help: 'A notification on this computer.',
  },
  tray: { label: 'Tray', secretName: null, secretHint: '', help: 'The tray icon flashes until somebody acknowledges.' },
  discord: {
    label: 'Discord',
    secretName: 'Webhook URL',
    secretHint: 'https://discord.com/api/webhooks/…',
    help: 'In Discord: channel settings, Integrations, Webhooks, New webhook, Copy webhook URL.',
  },
} as const satisfies Record<string, ChannelFacts>

export type ChannelKind = keyof typeof channelFacts
export const channelKinds = Object.keys(channelFacts) as [ChannelKind, ...ChannelKind[]]

export const channel = z.object({
  id: z.string(),
  kind: z.enum(channelKinds),
  label: z.string(),
  baseUrl: z.string().nullable(),
  options: z.record(z.string(), z.string()),
  createdAt: instant,
  /** gone: the other side says this channel no longer exists; nothing is sent until a person mends it. */
  state: z.enum(['ok', 'failing', 'gone', 'absent']),
  lastDeliveredAt: instant.nullable(),
  lastFailure: failure.nullable(),
})
export type Channel = z.infer<typeof channel>

export const channelEntry = z.object({
  kind: z.enum(channelKinds),
  label: z.string().trim().min(1, { error: 'Give the channel a label.' }).max(80),
  baseUrl: z.string().nullable().default(null),
  options: z.record(z.string(), z.string()).default({}),
  secret: secretText,
})
