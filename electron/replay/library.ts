import { dayMs, floorTo, hourMs, minuteMs, utcDay } from '../../shared/time.ts'
import { always, between, doubling, flow, nightly, office, small, tokensFor } from './flows.ts'
import type { Scenario, Span } from './scenario.ts'

/** A Wednesday night. */
const nightMs = Date.UTC(2026, 10, 18, 2)
const watch = (fromMs: number, forMs: number): Span => ({ fromMs, toMs: fromMs + forMs })
const fridayMs = Date.UTC(2026, 10, 20)
const saturdayMs = Date.UTC(2026, 10, 21)
const claude = {
  provider: 'anthropic' as const,
  model: 'claude-sonnet-5',
  prices: { input: 2, cached: 0.2, output: 10 },
}
/** The euro falls by three per cent overnight, from the eighteenth to the nineteenth. */
const perEuro = (dayMs: number) => (dayMs < Date.UTC(2026, 10, 19) ? 1.16 : 1.125)
const fallingEuro = [60, 30, 1, 0, -1, -2].map((daysBefore) => {
  const atMs = floorTo(nightMs, dayMs) - daysBefore * dayMs
  return { currency: 'USD', day: utcDay(atMs), perEuro: String(perEuro(atMs)) }
})
/** About six dollars a day. */
const smallShop = [flow(0.6, office)]
/** About two hundred dollars a day, at two providers. */
const company = [flow(12, office), flow(8, office, { ...claude, ...tokensFor(8, claude.prices) })]

/** Text messages and calls are not counted in tokens: an amount is all there is. */
const texts = { provider: 'twilio' as const, model: 'sms', project: 'AC0123456789abcdef0123456789abcdef' }
const calls = { ...texts, model: 'calls' }

/** A dollar and a half an hour at pace 1 with a cache that hits, and eight times that when it misses. */
const cached = flow(12, office, {
  prices: small,
  tokens: { input: 20_000, cached: 780_000, output: 0 },
})
const uncached = { ...cached, tokens: { input: 800_000, cached: 0, output: 0 } }
const five = ['shop', 'bot', 'search', 'lab', 'agency']

export const mustAlert: Scenario[] = [
  {
    name: 'a leaked key, $1,700 an hour at once, from $6 a day',
    expect: 'alert',
    watched: watch(nightMs, 4 * hourMs),
    usual: smallShop,
    incident: [flow(1_700, between(nightMs + hourMs, nightMs + 4 * hourMs), { apiKey: 'leaked' })],
    atMost: { lostDollars: 150, minutes: 5 },
  },
  {
    name: 'a leaked key, $4,200 an hour, at a company of $200 a day',
    expect: 'alert',
    watched: watch(nightMs, 3 * hourMs),
    usual: company,
    incident: [flow(4_200, between(nightMs + hourMs, nightMs + 3 * hourMs), { apiKey: 'leaked' })],
    atMost: { lostDollars: 350, minutes: 5 },
  },
  {
    name: 'a loop that doubles every ten minutes',
    expect: 'alert',
    watched: watch(nightMs, 4 * hourMs),
    usual: smallShop,
    incident: [flow(2, doubling(nightMs + 30 * minuteMs, 10 * minuteMs), { apiKey: 'agent' })],
    atMost: { lostDollars: 50 },
  },
  {
    name: 'the first day, without any history',
    expect: 'alert',
    watched: watch(nightMs, 3 * hourMs),
    usual: [],
    incident: [flow(600, between(nightMs + hourMs, nightMs + 3 * hourMs))],
    atMost: { lostDollars: 60, minutes: 6 },
  },
  {
    name: 'a model without a known price',
    expect: 'alert',
    watched: watch(nightMs, 3 * hourMs),
    usual: smallShop,
    incident: [flow(500, between(nightMs + hourMs, nightMs + 3 * hourMs), { model: 'gpt-9-colossal' })],
    atMost: { lostDollars: 60 },
  },
  {
    name: 'the source goes blind half an hour into an incident',
    expect: 'alert',
    watched: watch(nightMs, 5 * hourMs),
    usual: smallShop,
    incident: [flow(400, between(nightMs + hourMs, nightMs + 5 * hourMs))],
    outage: { fromMs: nightMs + 90 * minuteMs, toMs: nightMs + 5 * hourMs },
    atMost: { lostDollars: 60 },
  },
  {
    name: 'the laptop sleeps for eight hours while a key leaks',
    expect: 'alert',
    watched: watch(nightMs - 6 * hourMs, 16 * hourMs),
    usual: smallShop,
    incident: [flow(50, between(nightMs, nightMs + 5 * hourMs))],
    asleep: { fromMs: nightMs - 2 * hourMs, toMs: nightMs + 6 * hourMs },
    atMost: { pages: 2 },
  },
  {
    name: 'Discord is down for twenty minutes when it begins',
    expect: 'alert',
    watched: watch(nightMs, 3 * hourMs),
    usual: smallShop,
    incident: [flow(1_000, between(nightMs + hourMs, nightMs + 3 * hourMs))],
    channelDown: { fromMs: nightMs + 55 * minuteMs, toMs: nightMs + 75 * minuteMs },
    atMost: { minutes: 21 },
  },
  {
    name: 'two providers at once, by one loop',
    expect: 'alert',
    watched: watch(nightMs, 3 * hourMs),
    usual: company,
    incident: [
      flow(300, between(nightMs + hourMs, nightMs + 3 * hourMs), { apiKey: 'agent' }),
      flow(300, between(nightMs + hourMs, nightMs + 3 * hourMs), {
        ...claude,
        ...tokensFor(300, claude.prices),
        apiKey: 'agent',
      }),
    ],
    atMost: { lostDollars: 50, pages: 2 },
  },
  {
    name: 'a plateau at the rate limit, from Saturday to Monday, and nobody looks at Discord',
    expect: 'alert',
    escalatesAfterMinutes: 30,
    watched: watch(saturdayMs, 2 * dayMs),
    everySeconds: 600,
    usual: smallShop,
    incident: [flow(12, between(saturdayMs + 3 * hourMs, saturdayMs + 2 * dayMs))],
    atMost: { lostDollars: 30 },
  },
  {
    name: 'a dormant key, probed for two days, then $100 an hour',
    expect: 'alert',
    watched: watch(nightMs - 2 * dayMs, 2 * dayMs + 3 * hourMs),
    everySeconds: 300,
    usual: [...smallShop, flow(0.02, between(nightMs - 2 * dayMs, nightMs + hourMs), { apiKey: 'dormant' })],
    incident: [flow(100, between(nightMs + hourMs, nightMs + 3 * hourMs), { apiKey: 'dormant' })],
    atMost: { lostDollars: 30 },
  },
  {
    name: 'the cache misses: as many requests, eight times the money',
    expect: 'alert',
    watched: watch(nightMs + 6 * hourMs, 8 * hourMs),
    everySeconds: 300,
    usual: [{ ...cached, pace: (atMs) => (atMs < nightMs + 8 * hourMs ? office(atMs) : 0) }],
    incident: [{ ...uncached, pace: between(nightMs + 8 * hourMs, nightMs + 14 * hourMs, office) }],
    atMost: { lostDollars: 80 },
  },
  {
    name: 'a card that is charged $100 every ten minutes',
    expect: 'alert',
    watched: watch(nightMs, 3 * hourMs),
    usual: smallShop,
    incident: [flow(6_000, (atMs) => (atMs >= nightMs + hourMs && (atMs / minuteMs) % 10 === 0 ? 1 : 0))],
    atMost: { lostDollars: 300, minutes: 21 },
  },
  {
    name: 'the first use of a dear model, $15 an hour, at a company of $200 a day',
    expect: 'alert',
    watched: watch(nightMs + 4 * hourMs, 6 * hourMs),
    usual: company,
    incident: [flow(15, between(nightMs + 5 * hourMs, nightMs + 10 * hourMs), { model: 'gpt-5-pro' })],
    atMost: { lostDollars: 20 },
  },
  {
    name: 'five accounts at once, by one stolen laptop',
    expect: 'alert',
    watched: watch(nightMs, 3 * hourMs),
    usual: five.map((account, at) => flow(1 + at, office, { account })),
    incident: five.map((account) =>
      flow(200, between(nightMs + hourMs, nightMs + 3 * hourMs), { account, apiKey: 'stolen' }),
    ),
    // One alert, that turns critical once.
    atMost: { lostDollars: 100, pages: 2 },
  },
  {
    name: 'prices that are four and a half times too low, from one day on',
    expect: 'alert',
    watched: watch(nightMs - dayMs, 4 * dayMs),
    everySeconds: 1_800,
    usual: company,
    // The bill of the nineteenth is the first one; it is final a day after its end.
    incident: [flow(0.001, between(nightMs + dayMs, nightMs + 3 * dayMs), { project: 'prices' })],
    billFactor: (atMs) => (atMs >= floorTo(nightMs + dayMs, dayMs) ? 4.5 : 1),
    atMost: { minutes: 49 * 60 },
  },
  {
    name: 'a step of $130 an hour every thirty minutes',
    expect: 'alert',
    watched: watch(nightMs, 4 * hourMs),
    usual: company,
    incident: [flow(130, (atMs) => Math.max(0, Math.floor((atMs - nightMs - hourMs) / (30 * minuteMs)) + 1))],
    atMost: { lostDollars: 195, minutes: 90 },
  },
  {
    name: 'a burst of three minutes',
    expect: 'alert',
    watched: watch(nightMs, 3 * hourMs),
    usual: smallShop,
    incident: [flow(4_000, between(nightMs + hourMs, nightMs + hourMs + 3 * minuteMs))],
    atMost: { minutes: 10 },
  },
  {
    name: 'seven times as much within a week',
    expect: 'alert',
    watched: watch(nightMs, 8 * dayMs),
    everySeconds: 1_800,
    usual: [flow(4, office)],
    incident: [flow(4, (atMs) => (atMs < nightMs ? 0 : (7 ** ((atMs - nightMs) / (7 * dayMs)) - 1) * office(atMs)))],
    atMost: { lostDollars: 400 },
  },
  {
    name: 'SMS pumping, $400 an hour, at a shop that sends for $30 a day',
    expect: 'alert',
    watched: watch(nightMs - dayMs, dayMs + 4 * hourMs),
    everySeconds: 300,
    usual: [flow(3, office, texts)],
    incident: [flow(400, between(nightMs + hourMs, nightMs + 4 * hourMs), texts)],
    atMost: { lostDollars: 100, minutes: 12 },
  },
  {
    name: 'SMS pumping that grows over a day to $15 an hour, one day after the account was added',
    expect: 'alert',
    watched: watch(nightMs - dayMs, 2 * dayMs),
    everySeconds: 300,
    usual: [flow(1, office, texts)],
    incident: [flow(15, (atMs) => Math.max(0, (atMs - nightMs) / dayMs), texts)],
    atMost: { lostDollars: 20 },
  },
  {
    name: 'toll fraud from Friday night to Monday, $60 an hour, at a call centre of $100 a day',
    expect: 'alert',
    watched: watch(fridayMs, 4 * dayMs),
    everySeconds: 600,
    usual: [flow(10, office, calls)],
    incident: [flow(60, between(fridayMs + 22 * hourMs, fridayMs + 3 * dayMs + 6 * hourMs), calls)],
    atMost: { lostDollars: 45, minutes: 45 },
  },
  {
    name: 'a budget of the month that ends at the date line',
    expect: 'alert',
    zone: 'Pacific/Kiritimati',
    watched: watch(Date.UTC(2026, 9, 31, 8), 4 * hourMs),
    usual: [],
    // Just after midnight there, a month begins: what came before is of the old one.
    incident: [flow(6, between(Date.UTC(2026, 9, 31, 10), Date.UTC(2026, 9, 31, 12)))],
    budgets: [{ limit: '5', period: 'month', thresholds: [{ percent: 100, severity: 'critical' }] }],
    atMost: { lostDollars: 5.5, pages: 1 },
  },
  {
    name: 'a budget in euros over an account in dollars',
    expect: 'alert',
    watched: watch(nightMs, 3 * hourMs),
    usual: [],
    incident: [flow(20, between(nightMs + hourMs, nightMs + 3 * hourMs))],
    budgets: [{ limit: '5', currency: 'EUR', period: 'month', thresholds: [{ percent: 100, severity: 'critical' }] }],
    rates: fallingEuro,
    // Five euros are $5.80, which are gone after 18 minutes.
    atMost: { lostDollars: 7, pages: 1, minutes: 22 },
  },
]

export const mustStayQuiet: Scenario[] = [
  {
    name: 'text messages in office hours, and ten times as many on a Friday that was planned',
    expect: 'quiet',
    watched: watch(nightMs, 6 * dayMs),
    everySeconds: 1_800,
    usual: [flow(4, office, texts), flow(40, between(fridayMs + 8 * hourMs, fridayMs + 18 * hourMs, office), texts)],
    incident: [],
    plans: [{ limit: '500', from: '2026-11-20', to: '2026-11-20', note: 'Black Friday campaign' }],
  },
  {
    name: 'the currency of the bill falls by three per cent overnight',
    expect: 'quiet',
    watched: watch(nightMs - dayMs, 4 * dayMs),
    everySeconds: 1_800,
    usual: [flow(20, office)],
    incident: [],
    billCurrency: 'EUR',
    billFactor: (atMs) => 1 / perEuro(atMs),
    rates: fallingEuro,
    // The first day to count is near, the sum of both currencies counted twice would be far over.
    budgets: [
      { limit: '260', currency: 'USD', period: 'rolling24h', thresholds: [{ percent: 100, severity: 'critical' }] },
      { limit: '230', currency: 'EUR', period: 'day', thresholds: [{ percent: 100, severity: 'critical' }] },
    ],
  },
  {
    name: 'office hours and weekends, for sixty days',
    expect: 'quiet',
    watched: watch(nightMs, 60 * dayMs),
    everySeconds: 3_600,
    usual: company,
    incident: [],
  },
  {
    name: 'a launch that was announced, twelve times as much for four days',
    expect: 'quiet',
    watched: watch(nightMs, 6 * dayMs),
    everySeconds: 1_800,
    usual: [flow(1, office), flow(11, between(nightMs + 8 * hourMs, nightMs + 4 * dayMs, office))],
    incident: [],
    plans: [{ limit: '300', from: '2026-11-18', to: '2026-11-22', note: 'Launch' }],
  },
  {
    name: 'past days are restated by a fifth, and credited later',
    expect: 'quiet',
    watched: watch(nightMs, 4 * dayMs),
    everySeconds: 1_800,
    usual: company,
    incident: [],
    billFactor: (dayStartMs, atMs) =>
      dayStartMs >= nightMs - 3 * dayMs ? 1 : atMs < nightMs + dayMs ? 1 : atMs < nightMs + 2 * dayMs ? 1.2 : 0.95,
  },
  {
    name: 'every answer twice, and in disorder',
    expect: 'quiet',
    watched: watch(nightMs, dayMs),
    everySeconds: 300,
    usual: company,
    incident: [],
    disorder: true,
  },
  {
    name: 'a fee of a hundred dollars on the first of the month',
    expect: 'one note',
    watched: watch(Date.UTC(2026, 10, 29), 3 * dayMs),
    everySeconds: 600,
    usual: [...company, flow(100, (atMs) => (new Date(atMs).getUTCDate() === 1 && atMs % dayMs < hourMs ? 1 : 0))],
    incident: [],
  },
  {
    name: 'office hours and weekends, for twelve days',
    expect: 'quiet',
    watched: watch(nightMs, 12 * dayMs),
    everySeconds: 1_800,
    usual: company,
    incident: [],
  },
  {
    name: 'a provider that is down for three hours, and then shows it all',
    expect: 'one note',
    watched: watch(nightMs + 6 * hourMs, 10 * hourMs),
    usual: company,
    incident: [],
    outage: { fromMs: nightMs + 9 * hourMs, toMs: nightMs + 12 * hourMs },
  },
  {
    name: 'from one cent to forty',
    expect: 'quiet',
    watched: watch(nightMs, dayMs),
    everySeconds: 300,
    usual: [flow(0.001, office)],
    incident: [flow(0.1, between(nightMs + 10 * hourMs, nightMs + 14 * hourMs))],
  },
  {
    name: 'thirty per cent of calls fail',
    expect: 'quiet',
    watched: watch(nightMs, dayMs),
    everySeconds: 300,
    usual: company,
    incident: [],
    failing: 0.3,
  },
  {
    name: 'a nightly batch of forty dollars',
    expect: 'quiet',
    watched: watch(nightMs, 3 * dayMs),
    everySeconds: 600,
    usual: [...company, flow(20, nightly(3, 2 * hourMs), { apiKey: 'batch' })],
    incident: [],
  },
  {
    name: 'twelve times as much for good, and wanted',
    expect: 'one note',
    watched: watch(nightMs, 6 * dayMs),
    everySeconds: 1_800,
    usual: [flow(1, office), flow(11, between(nightMs + 8 * hourMs, Infinity, office))],
    incident: [],
  },
  {
    name: 'the clocks change',
    expect: 'quiet',
    zone: 'America/New_York',
    watched: watch(Date.UTC(2026, 10, 1), 2 * dayMs),
    everySeconds: 600,
    usual: company,
    incident: [],
    budgets: [{ limit: '2000', period: 'day' }],
  },
  {
    name: 'usage that arrives twenty minutes late',
    expect: 'quiet',
    watched: watch(nightMs + 6 * hourMs, 2 * dayMs),
    everySeconds: 600,
    usual: [flow(12, always)],
    incident: [],
    usageDelayMs: 20 * minuteMs,
  },
]

export const library: Scenario[] = [...mustAlert, ...mustStayQuiet]
