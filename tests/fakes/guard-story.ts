import type { Account } from '../../shared/accounts.ts'
import type { Source } from '../../shared/sources.ts'
import type { CapAudit } from '../../shared/caps.ts'
import { pageUrl } from '../../shared/providers.ts'
import type { Alert, Delivery, Seen } from '../../shared/alerts.ts'
import type { Budget } from '../../shared/budgets.ts'
import type { Channel } from '../../shared/channels.ts'
import { weekdays } from '../../shared/hours.ts'
import type { Person } from '../../shared/people.ts'
import type { Plan } from '../../shared/plans.ts'
import type { RatesState } from '../../shared/rate-notes.ts'
import type { Routing } from '../../shared/routing.ts'
import { addDays, dayMs, hourMs, iso, localDay, minuteMs } from '../../shared/time.ts'

/** What a small company spends on one model through one key. */
export interface Stream {
  account: string
  provider: string
  workspace: string
  project: string
  model: string
  key: string
  /** Usual dollars on a working day. */
  daily: number
  /** Dollars an hour since the incident began. */
  leak?: number
}

export const streams: Stream[] = [
  {
    account: 'acc-openai',
    provider: 'openai',
    workspace: 'Product',
    project: 'Support bot',
    model: 'gpt-5-mini-2025-08-07',
    key: 'support-prod',
    daily: 38.4,
  },
  {
    account: 'acc-openai',
    provider: 'openai',
    workspace: 'Product',
    project: 'Search',
    model: 'text-embedding-3-large',
    key: 'search-prod',
    daily: 6.2,
  },
  {
    account: 'acc-openai',
    provider: 'openai',
    workspace: 'Product',
    project: 'Search',
    model: 'gpt-5-2025-08-07',
    key: 'search-prod',
    daily: 24.9,
    leak: 61.7,
  },
  {
    account: 'acc-anthropic',
    provider: 'anthropic',
    workspace: 'Engineering',
    project: 'Claude Code',
    model: 'claude-sonnet-4-5-20250929',
    key: 'dev-team',
    daily: 46.1,
  },
  {
    account: 'acc-anthropic',
    provider: 'anthropic',
    workspace: 'Engineering',
    project: 'Claude Code',
    model: 'claude-haiku-4-5-20251001',
    key: 'dev-team',
    daily: 4.7,
  },
  {
    account: 'acc-client',
    provider: 'openai',
    workspace: 'Client: Northwind',
    project: 'Product descriptions',
    model: 'gpt-5-nano-2025-08-07',
    key: 'northwind',
    daily: 11.3,
  },
  {
    account: 'acc-client',
    provider: 'openai',
    workspace: 'Client: Northwind',
    project: 'Image studio',
    model: 'gpt-image-1',
    key: 'northwind',
    daily: 8.9,
  },
]

export const leakHours = 3.2

/** Dollars of a stream on a day; the same every time it is asked. Null on the day nothing could be read. */
export function spentOn(stream: Stream, day: string, nowMs: number, zone: string, incident: boolean): number | null {
  const today = localDay(nowMs, zone)
  const age = Math.round((Date.parse(today) - Date.parse(day)) / dayMs)
  if (age === 19) return null
  const seed = Math.sin(Date.parse(day) / dayMs + stream.daily * 7.13) * 10_000
  const noise = 0.82 + (seed - Math.floor(seed)) * 0.36
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay()
  const week = weekday === 0 || weekday === 6 ? 0.38 : 1
  const growth = 1 - age * 0.0035
  if (age > 0) return stream.daily * noise * week * growth
  const elapsed = new Date(nowMs).getUTCHours() / 24 + 0.04
  return stream.daily * noise * week * elapsed + (incident ? (stream.leak ?? 0) * leakHours : 0)
}

export function storyAccounts(nowMs: number): Account[] {
  const common = {
    baseUrl: null,
    options: {},
    createdAt: iso(nowMs - 91 * dayMs),
    failure: null,
    fill: null,
    sources: [
      source('costs', {
        plane: 'billed',
        width: 'day',
        lagSeconds: 43_200,
        everySeconds: 900,
        asOf: iso(nowMs - 9 * minuteMs),
      }),
      source('completions', { asOf: iso(nowMs - 2 * minuteMs) }),
      source('images', { optional: true, used: false, everySeconds: 300, asOf: iso(nowMs - 3 * minuteMs) }),
    ],
    balances: [],
    unpricedModels: [],
  }
  return [
    {
      ...common,
      id: 'acc-openai',
      provider: 'openai',
      label: 'OpenAI production',
      workspace: 'Product',
      state: 'ok',
      asOf: iso(nowMs - 2 * minuteMs),
      nextPollAt: iso(nowMs + 40_000),
      calibration: { ratio: 0.991, low: 0.97, high: 1.02, days: 28, steady: true },
    },
    {
      ...common,
      id: 'acc-anthropic',
      provider: 'anthropic',
      label: 'Anthropic',
      workspace: 'Engineering',
      state: 'ok',
      asOf: iso(nowMs - 4 * minuteMs),
      nextPollAt: iso(nowMs + 20_000),
      calibration: { ratio: 1.034, low: 1, high: 1.06, days: 26, steady: true },
      unpricedModels: ['claude-next-preview'],
    },
    {
      ...common,
      id: 'acc-client',
      provider: 'openai',
      label: 'Northwind',
      workspace: 'Client: Northwind',
      state: 'stale',
      asOf: iso(nowMs - 94 * minuteMs),
      failure: {
        kind: 'rate-limited',
        message: 'OpenAI asked us to wait; the next poll is in 6 minutes.',
        status: 429,
      },
      nextPollAt: iso(nowMs + 6 * minuteMs),
      calibration: null,
    },
  ]
}

function source(id: string, change: Partial<Source>): Source {
  return {
    id,
    plane: 'estimate',
    width: 'minute',
    asOf: null,
    lagSeconds: 300,
    everySeconds: 60,
    callCost: null,
    optional: false,
    used: true,
    failure: null,
    ...change,
  }
}

/** A launch that is over by now, and one to come. */
export function storyPlans(nowMs: number, zone: string): Plan[] {
  const today = localDay(nowMs, zone)
  const createdAt = iso(nowMs - 20 * dayMs)
  const common = { scope: 'all', currency: 'USD', zone, createdAt }
  return [
    {
      ...common,
      id: 'plan-beta',
      limit: '150',
      from: addDays(today, -12),
      to: addDays(today, -10),
      note: 'Beta opens',
    },
    { ...common, id: 'plan-launch', limit: '300', from: addDays(today, 2), to: addDays(today, 5), note: 'Launch week' },
  ]
}

export function storyBudgets(nowMs: number): Budget[] {
  const createdAt = iso(nowMs - 80 * dayMs)
  const thresholds: Budget['thresholds'] = [
    { percent: 50, severity: 'info' },
    { percent: 80, severity: 'warning' },
    { percent: 100, severity: 'critical' },
  ]
  return [
    { id: 'bud-day', limit: '200', currency: 'USD', period: 'day', scope: 'all', zone: null, thresholds, createdAt },
    {
      id: 'bud-month',
      limit: '4000',
      currency: 'USD',
      period: 'month',
      scope: 'all',
      zone: null,
      thresholds,
      createdAt,
    },
    {
      id: 'bud-client',
      limit: '30',
      currency: 'USD',
      period: 'day',
      scope: 'account:acc-client',
      zone: 'UTC',
      thresholds,
      createdAt,
    },
  ]
}

/** What a channel is before anybody set anything. */
export const plainChannel = {
  person: null,
  selfTest: false,
  lastTestedAt: null,
  sentToday: 0,
  dailyCap: null,
  costOfMonth: [],
}

const told = {
  because: 'route',
  held: null,
  nextAttemptAt: null,
  sentAt: null,
  cost: null,
  tries: [] as Delivery['tries'],
} as const
const news = { ...told, because: 'news' } as const

export function storyChannels(nowMs: number): Channel[] {
  const common = { baseUrl: null, options: {}, createdAt: iso(nowMs - 80 * dayMs), lastFailure: null, ...plainChannel }
  return [
    {
      ...common,
      id: 'desktop',
      kind: 'desktop',
      label: 'Desktop notification',
      state: 'ok',
      lastDeliveredAt: iso(nowMs - 40 * minuteMs),
    },
    { ...common, id: 'tray', kind: 'tray', label: 'Tray', state: 'ok', lastDeliveredAt: iso(nowMs - 40 * minuteMs) },
    {
      ...common,
      id: 'chn-ops',
      kind: 'discord',
      label: 'Discord #ops',
      state: 'ok',
      lastDeliveredAt: iso(nowMs - 39 * minuteMs),
      selfTest: true,
      lastTestedAt: iso(nowMs - 3 * dayMs),
      sentToday: 3,
    },
    {
      ...common,
      id: 'chn-anna',
      kind: 'sms',
      label: 'Anna’s phone',
      state: 'ok',
      person: 'Anna',
      lastDeliveredAt: iso(nowMs - 2 * dayMs),
      sentToday: 1,
      dailyCap: 10,
      costOfMonth: [{ currency: 'USD', amount: '0.41' }],
    },
    {
      ...common,
      id: 'chn-old',
      kind: 'discord',
      label: 'Discord #finance',
      state: 'gone',
      lastDeliveredAt: iso(nowMs - 9 * dayMs),
      lastFailure: {
        kind: 'channel-gone',
        message: 'The webhook was deleted in Discord. Create a new one and replace it here.',
        status: 404,
      },
    },
  ]
}

/** Anna is called when nobody answers; Ben is new, and nothing reaches him yet. */
export function storyPeople(): Person[] {
  return [
    {
      name: 'Anna',
      quiet: { days: [...weekdays], from: '22:00', to: '07:00' },
      passes: 'critical',
      zone: 'Europe/Lisbon',
    },
    { name: 'Ben', quiet: null, passes: 'critical', zone: null },
  ]
}

export function storyRouting(): Routing {
  return {
    matrix: {
      tray: { info: 'never' },
      'chn-anna': { critical: 15, warning: 'backup' },
    },
    exceptions: [
      {
        id: 'northwind',
        scope: 'workspace:Client: Northwind',
        hours: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00' },
        matrix: { 'chn-anna': { critical: 0, warning: 30 }, desktop: { info: 'never' } },
      },
    ],
    fallbackMinutes: 5,
  }
}

/** A key that leaked this evening, and two older alerts. */
export function storyAlerts(nowMs: number): Alert[] {
  const since = iso(nowMs - leakHours * hourMs)
  const openedAt = iso(nowMs - 3 * hourMs)
  const saw = (amount: string, asOf: string): Seen => ({
    severity: 'critical',
    amount,
    limit: '25',
    currency: 'USD',
    since,
    asOf,
    contributors: [{ dimension: 'key', name: 'search-prod', amount }],
    pattern: 'cliff',
    causes: ['Key search-prod is 88% of it, usually 21%.'],
    newSteps: amount === '12.3' ? ['fast'] : [],
  })
  return [
    {
      id: 'alr-leak',
      state: 'firing',
      severity: 'critical',
      rule: 'velocity',
      ruleId: null,
      scope: 'account:acc-openai',
      scopeLabel: 'OpenAI production',
      openedAt,
      updatedAt: iso(nowMs - 39 * minuteMs),
      resolvedAt: null,
      since,
      amount: '197.44',
      limit: '25',
      currency: 'USD',
      summary: 'OpenAI production burns $61.70 per hour, usually $3.10; $197.44 since it began.',
      pattern: 'cliff',
      causes: ['Key search-prod is 88% of it, usually 21%.', '11 times as many tokens as usual.'],
      advice: 'Revoke the key search-prod under API keys, or set a limit on the project Search.',
      link: 'https://platform.openai.com/settings/organization/api-keys',
      contributors: [
        { dimension: 'model', name: 'gpt-5-2025-08-07', amount: '191.02' },
        { dimension: 'project', name: 'Search', amount: '191.9' },
        { dimension: 'key', name: 'search-prod', amount: '191.9' },
      ],
      mutedBy: null,
      snoozedUntil: null,
      snoozedUntilAmount: null,
      asOf: iso(nowMs - 2 * minuteMs),
      deliveries: [
        {
          channel: 'Desktop notification',
          channelId: 'desktop',
          occasion: 'fired',
          ...told,
          state: 'delivered',
          attempts: 1,
          failure: null,
          deliveredAt: openedAt,
        },
        {
          channel: 'Discord #ops',
          channelId: 'chn-ops',
          occasion: 'fired',
          ...told,
          state: 'delivered',
          attempts: 1,
          failure: null,
          deliveredAt: openedAt,
        },
        {
          channel: 'Anna’s phone',
          channelId: 'chn-anna',
          occasion: 'fired',
          ...told,
          because: 'escalation',
          state: 'accepted',
          attempts: 1,
          failure: null,
          sentAt: iso(nowMs - 3 * hourMs + 15 * minuteMs),
          deliveredAt: null,
          cost: { amount: '0.0083', currency: 'USD' },
        },
        {
          channel: 'Discord #ops',
          channelId: 'chn-ops',
          occasion: 'grew',
          ...news,
          state: 'delivered',
          attempts: 2,
          failure: null,
          deliveredAt: iso(nowMs - 39 * minuteMs),
        },
        {
          channel: 'Discord #finance',
          channelId: 'chn-old',
          occasion: 'fired',
          ...told,
          state: 'failed',
          attempts: 1,
          failure: {
            kind: 'channel-gone',
            message: 'The webhook was deleted in Discord. Create a new one and replace it here.',
            status: 404,
          },
          deliveredAt: null,
        },
      ],
      history: [
        {
          at: openedAt,
          state: 'firing',
          by: 'guard',
          via: 'guard',
          note: '$12.30 in 11 minutes, above $25 per hour',
          saw: saw('12.3', openedAt),
        },
        {
          at: iso(nowMs - 39 * minuteMs),
          state: 'firing',
          by: 'guard',
          via: 'guard',
          note: 'Grew to $160.00',
          saw: saw('160', iso(nowMs - 40 * minuteMs)),
        },
      ],
      verdicts: [],
    },
    {
      id: 'alr-day',
      state: 'acknowledged',
      severity: 'warning',
      rule: 'budget',
      ruleId: 'bud-day',
      scope: 'all',
      scopeLabel: 'Everything',
      openedAt: iso(nowMs - 2 * hourMs),
      updatedAt: iso(nowMs - 90 * minuteMs),
      resolvedAt: null,
      since: iso(nowMs - 14 * hourMs),
      amount: '271.9',
      limit: '200',
      currency: 'USD',
      summary: 'Everything spent $271.90 today, 136% of the daily budget of $200.00.',
      pattern: null,
      causes: [],
      advice: 'See which model and key it went to, then stop it there or raise the budget.',
      link: null,
      contributors: [
        { dimension: 'account', name: 'OpenAI production', amount: '231.1' },
        { dimension: 'model', name: 'gpt-5-2025-08-07', amount: '204.3' },
      ],
      mutedBy: null,
      snoozedUntil: null,
      snoozedUntilAmount: null,
      asOf: iso(nowMs - 4 * minuteMs),
      deliveries: [
        {
          channel: 'Discord #ops',
          channelId: 'chn-ops',
          occasion: 'fired',
          ...told,
          state: 'delivered',
          attempts: 1,
          failure: null,
          deliveredAt: iso(nowMs - 2 * hourMs),
        },
        {
          channel: 'Anna’s phone',
          channelId: 'chn-anna',
          occasion: 'fired',
          ...told,
          because: 'fallback',
          held: 'quiet',
          nextAttemptAt: iso(nowMs + 5 * hourMs),
          state: 'pending',
          attempts: 0,
          failure: null,
          deliveredAt: null,
        },
      ],
      history: [
        { at: iso(nowMs - 2 * hourMs), state: 'firing', by: 'guard', via: 'guard', note: '80% of $200.00', saw: null },
        { at: iso(nowMs - 90 * minuteMs), state: 'acknowledged', by: 'you', via: 'cli', note: '', saw: null },
      ],
      verdicts: [],
    },
    {
      id: 'alr-old',
      state: 'resolved',
      severity: 'info',
      rule: 'budget',
      ruleId: 'bud-client',
      scope: 'account:acc-client',
      scopeLabel: 'Northwind',
      openedAt: iso(nowMs - 6 * dayMs),
      updatedAt: iso(nowMs - 5 * dayMs),
      resolvedAt: iso(nowMs - 5 * dayMs),
      since: iso(nowMs - 6 * dayMs),
      amount: '15.4',
      limit: '30',
      currency: 'USD',
      summary: 'Northwind spent $15.40 of $30.00, 51% of the daily budget.',
      pattern: null,
      causes: [],
      advice: 'Nothing to do now.',
      link: null,
      contributors: [],
      mutedBy: null,
      snoozedUntil: null,
      snoozedUntilAmount: null,
      asOf: iso(nowMs - 5 * dayMs),
      deliveries: [],
      history: [
        { at: iso(nowMs - 6 * dayMs), state: 'firing', by: 'guard', via: 'guard', note: '', saw: null },
        {
          at: iso(nowMs - 5 * dayMs),
          state: 'resolved',
          by: 'guard',
          via: 'guard',
          note: 'A new day began',
          saw: null,
        },
      ],
      verdicts: [],
    },
  ]
}

export function lastDays(count: number, nowMs: number, zone: string): string[] {
  const today = localDay(nowMs, zone)
  return Array.from({ length: count }, (_, index) => addDays(today, index - count + 1))
}

/** A limit that stops, one that only warns, one that is missing, and one that nobody can read. */
export function storyCaps(accounts: readonly Account[]): CapAudit[] {
  return accounts.map(({ id, label, provider }) => {
    const common = {
      accountId: id,
      label,
      provider,
      checkedAt: '2026-11-23T08:00:00.000Z',
      link: pageUrl(provider, 'limit'),
    }
    if (id === 'acc-openai')
      return {
        ...common,
        state: 'set',
        reason: null,
        caps: [
          { scope: 'organization', effect: 'stop', limit: '2500', currency: 'USD', period: 'month' },
          { scope: 'project Search', effect: 'warn', limit: '400', currency: 'USD', period: 'month' },
        ],
      }
    if (provider === 'anthropic')
      return {
        ...common,
        state: 'unreadable',
        reason: 'Anthropic does not show its limits to programs. Look there yourself.',
        caps: [],
      }
    return { ...common, state: 'missing', reason: null, caps: [] }
  })
}

export function storyRates(): RatesState {
  return {
    displayCurrency: null,
    needed: false,
    source: 'bundled',
    day: '2026-10-06',
    old: true,
    readAt: null,
    failure: null,
    rates: [
      { currency: 'GBP', perEuro: '0.84880', day: '2026-10-06' },
      { currency: 'USD', perEuro: '1.1269', day: '2026-10-06' },
    ],
    manual: [],
    held: [],
  }
}
