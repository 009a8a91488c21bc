import type { NodemailerError } from 'nodemailer'
import { fail, type Failure, type FailureKind } from '../../../shared/failures.ts'
import { minuteMs } from '../../../shared/time.ts'
import type { DeliveryOutcome } from './channel.ts'
import type { Mailbox } from './smtp.ts'

type Failed = Extract<DeliveryOutcome, { delivered: false }>

/** What a server that wants to be left alone for a while has in mind; greylisting often means a few minutes. */
const pauseMs = minuteMs

const unreachable = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|EACCES|EPERM)$/
const garbled = /^(EPROTOCOL|EMESSAGE|EENVELOPE|EAUTH)$/
const notTls = /WRONG_VERSION_NUMBER|UNKNOWN_PROTOCOL|PACKET_LENGTH|RECORD_OVERFLOW|EPROTO/
const outOfTime = /EXPIRED|NOT_YET_VALID/
const otherName = /ALTNAME|HOSTNAME/
const untrusted = /CERT|SIGNED|SIGNATURE|ISSUER|TRUST/

/**
 * What a failed attempt means. Servers quote in their answers what they were told, so their texts are not repeated:
 * only the numbers of an answer (RFC 5321, 4.2) and its enhanced code (RFC 3463) are.
 */
export function smtpFailure(error: NodemailerError, mailbox: Mailbox, nowMs: number): Failed {
  const { code = '', responseCode: reply } = error
  if (code === 'EABORT' || code === 'ETIMEDOUT')
    return again('timeout', 'The mail server did not answer in time. It will be tried again.')
  if (reply !== undefined && reply >= 400) return judge(error, reply, mailbox, nowMs)
  const cause = error.originalCode ?? ''
  if (outOfTime.test(cause))
    return again('refused-host', 'The certificate of the mail server is out of date. Whoever runs it must renew it.')
  if (otherName.test(cause))
    return again('refused-host', 'The certificate of the mail server is for another name. Check the option host.')
  if (untrusted.test(cause))
    return again(
      'refused-host',
      'The certificate of the mail server is not trusted. If the server is your own, give its certificate in the option ca.',
    )
  if (notTls.test(cause) && mailbox.security === 'tls')
    return again(
      'unexpected-response',
      `The mail server does not begin with TLS on port ${mailbox.port}. Check the port, or set the option security to starttls.`,
    )
  if (code === 'ETLS' || notTls.test(cause)) return again('refused-host', 'The connection could not be encrypted.')
  if (code === 'EDNS' || unreachable.test(cause))
    return again(
      'offline',
      `The mail server cannot be reached${/^[A-Z]+$/.test(cause) ? ` (${cause})` : ''}. Check the options host and port, and the connection; it will be tried again.`,
    )
  if (code === 'ECONNECTION' || code === 'ESOCKET')
    return again('truncated', 'The mail server broke off the connection. It will be tried again.')
  // Nothing that a server did: a fault of our own.
  if (!garbled.test(code)) throw error
  return again(
    'unexpected-response',
    `What answers on port ${mailbox.port} does not speak SMTP. Check the options host and port.`,
  )
}

/** Somebody has it, others were refused. */
export function recipientsFailure(refused: readonly string[], of: number, reply?: number): Failed {
  const failure = fail(
    'channel-rejected',
    `Delivered to ${of - refused.length} of ${of}: the mail server refused ${refused.join(', ')}${reply ? ` with ${reply}` : ''}. Check the option to.`,
    reply === undefined ? {} : { status: reply },
  )
  return { delivered: false, next: 'give-up', failure }
}

/** What a negative answer means: 4xx passes, 5xx is for good. */
function judge(error: NodemailerError, reply: number, mailbox: Mailbox, nowMs: number): Failed {
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(error.response ?? '')?.[1] ?? ''
  const said = enhanced === '' ? `${reply}` : `${reply} (${enhanced})`
  const facts = { status: reply }
  if (error.code === 'ETLS')
    return again(
      'refused-host',
      `The mail server offers no STARTTLS on port ${mailbox.port} (${reply}), so nothing was sent. Set the option security to tls, or check the port.`,
      facts,
    )
  if (reply < 500 && (reply === 421 || reply === 450 || enhanced.startsWith('4.7.')))
    return again('rate-limited', `The mail server asked us to come back later: ${said}.`, {
      ...facts,
      retryAtMs: nowMs + pauseMs,
    })
  // 503: the conversation went wrong, not the mail.
  if (reply < 500 || reply === 503)
    return again('provider-down', `The mail server has a fault: ${said}. It will be tried again.`, facts)
  if (error.code === 'EAUTH')
    return gone(
      `The mail server refused the login with ${said}. Check the option username and the password (many providers want an app password), and edit the channel.`,
      facts,
    )
  if (reply === 530)
    return gone(
      `The mail server wants a login: ${said}. Edit the channel: give it the option username and its password.`,
      facts,
    )
  return { delivered: false, next: 'give-up', failure: fail('channel-rejected', refusal(error, said), facts) }
}

function refusal({ command = '' }: NodemailerError, said: string): string {
  if (command === 'MAIL FROM')
    return `The mail server refused the sender with ${said}. Set the option from to an address that this login may use.`
  if (command === 'RCPT TO') return `The mail server refused all recipients with ${said}. Check the option to.`
  return `The mail server refused the mail with ${said}.`
}

function again(kind: FailureKind, message: string, facts: Omit<Failure, 'kind' | 'message'> = {}): Failed {
  return { delivered: false, next: 'retry', failure: fail(kind, message, facts) }
}

function gone(message: string, facts: Omit<Failure, 'kind' | 'message'>): Failed {
  return { delivered: false, next: 'gone', failure: fail('channel-gone', message, facts) }
}
