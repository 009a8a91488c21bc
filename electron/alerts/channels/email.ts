import { createHash } from 'node:crypto'
import { fail } from '../../../shared/failures.ts'
import { isLoopback } from '../../http/origins.ts'
import type { Channel, ChannelEntry, Message } from './channel.ts'
import { mailHtml } from './email-html.ts'
import { inert, inertLine } from './inert.ts'
import { cut, factText, instantText, noteOf, type Note } from './note.ts'
import { sendMail, type Mailbox, type Security } from './smtp.ts'
import { i18n } from '../../../shared/words.ts'

/** A telephone shows about forty characters of a subject, a list of mails about a hundred. */
const longestSubject = 150
/** Mails have no limit that matters; an endless name should not be read to its end all the same. */
const longestText = 2_000

export interface EmailBody {
  subject: string
  text: string
  html: string
  /** Marked as important, so that it may get through where others are held back. */
  isUrgent: boolean
}

/**
 * Mail by SMTP. What follows about an alert is a new mail that answers the first, so that they stand together. A
 * repetition has the same Message-ID, by which many mail programs know it.
 */
export const email: Channel<EmailBody> = {
  available: () => true,
  skips: [],
  refuse,
  render,
  async send(context, message, { receipt }) {
    const problem = refuse(context)
    if (problem) return { delivered: false, next: 'give-up', failure: fail('invalid-input', problem) }
    const mailbox = mailboxOf(context)
    const follows = message.occasion !== 'fired' && message.occasion !== 'test'
    const { isUrgent, ...body } = render(message)
    return sendMail(mailbox, {
      ...body,
      isUrgent,
      id: messageId(message, mailbox.from),
      thread: follows ? receipt : null,
      at: new Date(context.system.clock.now()),
      wantsAll: message.occasion === 'test',
    })
  },
}

/** The same at each attempt at one delivery, and like that of no other guard. */
function messageId({ key }: Message, from: string): string {
  const name = createHash('sha256').update(key).digest('hex').slice(0, 32)
  return `<${name}@${from.slice(from.lastIndexOf('@') + 1)}>`
}

const ports: Record<Security, number> = { tls: 465, starttls: 587, none: 25 }

function mailboxOf({ secret, options }: ChannelEntry): Mailbox {
  const security = securityOf(options)
  return {
    host: options['host'] ?? '',
    port: options['port'] ? Number(options['port']) : ports[security],
    security,
    login: options['username'] ? { user: options['username'], pass: secret ?? '' } : null,
    from: options['from'] ?? '',
    to: addresses(options['to']),
    ca: options['ca'] || null,
  }
}

function securityOf(options: ChannelEntry['options']): Security {
  const { security } = options
  return security === 'starttls' || security === 'none' ? security : 'tls'
}

function addresses(list = ''): string[] {
  return list
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

const hostName = /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.?)+$|^[\da-f:]+$/i
const mailAddress = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d](?:[a-z\d.-]{0,250}[a-z\d])?$/i
const most = { recipients: 20 } as const

function refuse({ secret, baseUrl, options }: ChannelEntry): string | null {
  const { host = '', from = '', username = '', ca = '' } = options
  const to = addresses(options['to'])
  const local = isLoopback(host) || host === '::1'
  // oxlint-disable-next-line no-control-regex
  const broken = /[\u0000-\u001F\u007F]/
  if (baseUrl !== null) return i18n.t('E-mail has no base URL. Set the options host and port.')
  if (!hostName.test(host))
    return i18n.t('The option host is the name of the SMTP server alone, such as smtp.example.com.')
  if (!mailAddress.test(from)) return i18n.t('The option from is one plain address, such as alerts@example.com.')
  if (to.length === 0 || to.length > most.recipients || !to.every((one) => mailAddress.test(one)))
    return i18n.t(
      'The option to is one to {recipients} plain addresses, separated by commas, such as you@example.com.',
      { recipients: most.recipients },
    )
  if (securityOf(options) === 'none' && !local)
    return i18n.t(
      'Without encryption mail goes to this computer only (localhost). Set the option security to tls or starttls.',
    )
  if (broken.test(username)) return i18n.t('The option username holds a line break or another control character.')
  if (broken.test(secret ?? '')) return i18n.t('The SMTP password holds a line break or another control character.')
  if (username !== '' && !secret)
    return i18n.t('There is a username but no password. Give the SMTP password as the secret.')
  if (username === '' && secret) return i18n.t('There is a password but no username. Set the option username.')
  if (ca !== '' && !/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.test(ca))
    return i18n.t('The option ca is a certificate in PEM form: it begins with -----BEGIN CERTIFICATE-----.')
  return null
}

function render(message: Message): EmailBody {
  const note = noteOf(message)
  const news = message.occasion === 'fired' || message.occasion === 'grew'
  const parts = partsOf(note)
  return {
    subject: cut(inertLine(note.title), longestSubject),
    text: mailText(parts),
    html: mailHtml(parts),
    isUrgent: news && note.tone === 'critical',
  }
}

/** What a mail says, before it is text or HTML. Nothing in it is a link but the links. */
export interface MailParts {
  title: string
  tone: Note['tone']
  summary: string[]
  facts: { name: string; text: string }[]
  links: { label: string; url: string }[]
  footer: string
}

function partsOf(note: Note): MailParts {
  const stop = note.link !== null && note.tone !== 'resolved' ? [{ label: i18n.t('Where to act'), url: note.link }] : []
  return {
    title: inertLine(note.title),
    tone: note.tone,
    summary: note.summary.map((one) => cut(inert(one), longestText)),
    facts: note.facts.map((fact) => ({ name: fact.name, text: cut(inert(factText(fact)), longestText) })),
    links: [...note.actions, ...stop],
    footer: note.asOf
      ? i18n.t('API Spend Guard. Data as of {at}.', { at: instantText(note.asOf) })
      : 'API Spend Guard.',
  }
}

function mailText({ summary, facts, links, footer }: MailParts): string {
  const blocks = [
    summary.join('\n\n'),
    facts.map(({ name, text }) => `${name}: ${text.includes('\n') ? `\n${indented(text)}` : text}`).join('\n'),
    links.map(({ label, url }) => `${label}:\n${url}`).join('\n\n'),
    // By this line mail programs know a signature.
    `-- \n${footer}`,
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ')
}
