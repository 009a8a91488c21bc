import { i18n } from '../../../shared/words.ts'
import type { MailParts } from './email.ts'

/** Readable on white and on black. */
const edges: Record<MailParts['tone'], string> = {
  info: '#4c8bf5',
  warning: '#d98a00',
  critical: '#e5484d',
  resolved: '#2f9e63',
}

/**
 * As little as mail programs agree on. It sets no colour of text or ground, so that a dark one stays dark, and loads
 * nothing: an alert must not tell anybody that it was read.
 */
export function mailHtml({ title, tone, summary, facts, links, footer }: MailParts): string {
  const paragraphs = summary.map((one) => `<p style="margin:0 0 12px">${lines(one)}</p>`)
  const rows = facts.map(
    ({ name, text }) =>
      `<tr><td style="padding:2px 16px 2px 0;vertical-align:top"><b>${escape(name)}</b></td><td style="padding:2px 0">${lines(text)}</td></tr>`,
  )
  const actions = links.map(
    ({ label, url }) => `<p style="margin:0 0 12px"><a href="${escape(url)}">${escape(label)}</a></p>`,
  )
  return `<!doctype html>
<html lang="${i18n.locale}">
<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escape(title)}</title></head>
<body style="font-family:system-ui,sans-serif;font-size:15px;line-height:1.45">
<div style="border-left:4px solid ${edges[tone]};padding-left:14px;max-width:640px;overflow-wrap:anywhere">
<h1 style="font-size:18px;margin:0 0 12px">${escape(title)}</h1>
${paragraphs.join('\n')}
${rows.length === 0 ? '' : `<table role="presentation" style="border-collapse:collapse;margin:0 0 12px">${rows.join('\n')}</table>`}
${actions.join('\n')}
<p style="font-size:13px;margin:0"><small>${escape(footer)}</small></p>
</div>
</body>
</html>
`
}

function lines(text: string): string {
  return escape(text).replaceAll('\n', '<br>')
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`)
}
