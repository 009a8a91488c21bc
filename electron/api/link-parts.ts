import { createHash } from 'node:crypto'
import type { Alert, AlertState } from '../../shared/alerts.ts'
import { datesLocale, i18n, moneyInWords } from '../../shared/words.ts'
import { pageHeaders } from './content-policy.ts'
import { linkStyle } from './link-style.ts'

/** The page stands alone: one style sheet, known by its hash, and a form that comes back here. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(linkStyle).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

export const linkHeaders = {
  ...pageHeaders,
  'content-security-policy': policy,
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex, nofollow, noarchive',
} as const

interface Spent {
  on: 'acknowledged' | 'snoozed'
  by: string
  atMs: number
}

/** A page that says one thing. */
export function notePage(title: string, text: string): string {
  return page(title, `<h1>${escape(title)}</h1>\n<p>${escape(text)}</p>`)
}

/** In the language of the guard, as the message was that led here. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="${i18n.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<title>${escape(title)}</title>
<style>${linkStyle}</style>
</head>
<body>
<main>
${body}
</main>
<footer>API Spend Guard</footer>
</body>
</html>
`
}

export function facts(rows: readonly [name: string, text: string][]): string {
  const lines = rows.map(([name, text]) => `<div><dt>${escape(name)}</dt><dd>${escape(text)}</dd></div>`)
  return `<dl>\n${lines.join('\n')}\n</dl>`
}

export function howMuch({ amount, limit, currency }: Alert): string {
  if (amount === null) return i18n.t('not known')
  const spent = moneyInWords(amount, currency)
  return limit === null ? spent : i18n.t('{spent} of {limit}', { spent, limit: moneyInWords(limit, currency) })
}

/** Who did what by this link, and when. */
export function doneText({ on, by, atMs }: Spent, zone: string): string {
  const at = timeText(atMs, zone)
  return on === 'acknowledged'
    ? i18n.t('Acknowledged by {by}, {at}.', { by, at })
    : i18n.t('Snoozed by {by}, {at}.', { by, at })
}

/** The state of an alert within a sentence. */
export const stateWords: Record<AlertState, () => string> = {
  pending: () => i18n.t('pending'),
  firing: () => i18n.t('firing'),
  acknowledged: () => i18n.t('acknowledged'),
  snoozed: () => i18n.t('snoozed'),
  resolved: () => i18n.t('resolved'),
}

/** In the zone of whoever reads it: a page without scripts cannot ask the phone for its own. */
export function timeText(ms: number, zone: string): string {
  return new Intl.DateTimeFormat(datesLocale(), {
    timeZone: zone,
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(ms)
}

/** Names come from providers and people. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
