import type { NodemailerError } from 'nodemailer'
import type { DeliveryOutcome } from './channel.ts'
import { recipientsFailure, smtpFailure } from './smtp-failure.ts'

export type Security = 'tls' | 'starttls' | 'none'

export interface Mailbox {
  host: string
  port: number
  security: Security
  login: { user: string; pass: string } | null
  from: string
  to: string[]
  /** Trusted instead of the public authorities. */
  ca: string | null
}

export interface Mail {
  subject: string
  text: string
  html: string
  isUrgent: boolean
  /** Its Message-ID. */
  id: string
  /** That of the mail it answers. */
  thread: string | null
  at: Date
  /** A recipient that is refused is a failure, though others have it. */
  wantsAll: boolean
}

/** The whole attempt; a server that answers a little every few seconds does not outlast it. */
const attemptMs = 25_000

/**
 * One attempt, on a connection of its own. SMTP is no HTTP: this is the one place where the guard talks past its own
 * fetch. No proxy is used, neither that of the system nor of the environment, and only the server named is reached.
 * Nodemailer is loaded with the first mail, so that whoever sends none does not wait for it.
 */
export async function sendMail(mailbox: Mailbox, mail: Mail): Promise<DeliveryOutcome> {
  const { host, port, security, login, ca } = mailbox
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    // Never "if offered": whoever stands in between could hide the offer and read the password.
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { minVersion: 'TLSv1.2', ...(ca === null ? {} : { ca }) },
    // And never without the login that was asked for.
    ...(login ? { auth: login, forceAuth: true } : {}),
    dnsTimeout: attemptMs,
    connectionTimeout: attemptMs,
    greetingTimeout: attemptMs,
    socketTimeout: attemptMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    const { rejected, rejectedErrors } = await transport.sendMail({ ...envelope(mailbox, mail), ...content(mail) })
    // Somebody has it. Whom the server refused is told with the next test: a second mail to all would be worse.
    if (rejected.length === 0 || !mail.wantsAll) return { delivered: true, receipt: mail.thread ?? mail.id }
    return recipientsFailure(rejected, mailbox.to.length, rejectedErrors?.[0]?.responseCode)
  } catch (error) {
    return smtpFailure(error as NodemailerError, mailbox, mail.at.getTime())
  } finally {
    transport.close()
  }
}

function envelope({ from, to }: Mailbox, { id, thread, at }: Mail) {
  return {
    from: { name: 'API Spend Guard', address: from },
    to,
    messageId: id,
    date: at,
    ...(thread === null ? {} : { inReplyTo: thread, references: thread }),
    signal: AbortSignal.timeout(attemptMs),
  }
}

function content({ subject, text, html, isUrgent }: Mail) {
  return {
    subject,
    text,
    html,
    ...(isUrgent ? { priority: 'high' as const } : {}),
    // RFC 3834 and its older kin at Microsoft: no holiday note answers an alert.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  }
}
