import { createHash } from 'node:crypto'
import type { Alert } from '../../shared/alerts.ts'
import { formatMoney } from '../../shared/money.ts'
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

/** A page that says one thing. */
export function notePage(title: string, text: string): string {
  return page(title, `<h1>${escape(title)}</h1>\n<p>${escape(text)}</p>`)
}

export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
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
  const lines = rows.map(([name, text]) => `<div><dt>${name}</dt><dd>${escape(text)}</dd></div>`)
  return `<dl>\n${lines.join('\n')}\n</dl>`
}

export function howMuch({ amount, limit, currency }: Alert): string {
  const money = (text: string) => formatMoney(text, currency, 'en-US')
  if (amount === null) return 'not known'
  return limit === null ? money(amount) : `${money(amount)} of ${money(limit)}`
}

export function doneText(on: 'acknowledged' | 'snoozed'): string {
  return on === 'acknowledged' ? 'Acknowledged' : 'Snoozed'
}

/** In the zone of whoever reads it: a page without scripts cannot ask the phone for its own. */
export function timeText(ms: number, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
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
