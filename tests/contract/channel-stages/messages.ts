import { messageAbout, type Message } from '../../../electron/alerts/channels/channel.ts'
import type { Alert } from '../../../shared/alerts.ts'

export const alert: Alert = {
  id: '11111111-2222-3333-4444-555555555555',
  state: 'firing',
  severity: 'critical',
  rule: 'budget',
  ruleId: 'b1',
  scope: 'project:web',
  scopeLabel: 'project web',
  openedAt: '2026-11-18T15:19:00.000Z',
  updatedAt: '2026-11-18T15:20:00.000Z',
  resolvedAt: null,
  since: '2026-11-18T00:00:00.000Z',
  amount: '120.5',
  limit: '100',
  currency: 'USD',
  summary: '$120.50 spent today, 120% of the $100.00 budget.',
  advice: 'Delete the key, or lower the limit of the project.',
  pattern: 'new-key',
  causes: ['First use of key ci: 81% of it.'],
  link: 'https://platform.openai.com/settings/organization/limits',
  contributors: [
    { dimension: 'model', name: 'gpt-5.5', amount: '100' },
    { dimension: 'key', name: 'legacy-ci', amount: '99.5' },
  ],
  mutedBy: null,
  snoozedUntil: null,
  snoozedUntilAmount: null,
  asOf: '2026-11-18T15:18:00.000Z',
  deliveries: [],
  history: [],
  verdicts: [],
}

/** Texts a provider, or somebody who names a key there, may send us. */
export const hostileNames = [
  '@everyone @here <@&1> <#2>',
  '`code` **bold** ||spoiler|| [link](https://evil.example) \n# heading',
  '💸'.repeat(3_000),
  'x'.repeat(20_000),
  '\u202Egnp.exe\u0000\u0007',
  ' ',
]

export function hostile(name: string): Alert {
  const last = {
    at: alert.updatedAt,
    state: 'acknowledged' as const,
    via: 'app' as const,
    by: name,
    saw: null,
    note: name,
  }
  return {
    ...alert,
    state: 'acknowledged',
    scopeLabel: `project ${name}`,
    summary: `${name} spent $120.50.`,
    advice: name,
    contributors: (['model', 'project', 'key', 'account'] as const).flatMap((dimension) =>
      [1, 2, 3].map((rank) => ({ dimension, name: `${rank}${name}`, amount: '31.02' })),
    ),
    history: [last],
  }
}

export const fired: Message = messageAbout(alert, 'fired', 'delivery-1')

/** Several alerts in one message, more than fit, with links to act on them. */
export const grouped: Message = {
  alerts: [
    alert,
    ...Array.from({ length: 9 }, (_, nth) => ({ ...alert, id: `${nth}`, scopeLabel: `project ${nth}` })),
  ] as [Alert],
  more: 990,
  occasion: 'fired',
  isDigest: false,
  key: 'delivery-2',
  actions: [
    { label: 'Acknowledge', url: `https://guard.example/a/${'t'.repeat(120)}` },
    { label: 'Snooze 1 hour', url: `https://guard.example/s/${'t'.repeat(120)}` },
  ],
}
