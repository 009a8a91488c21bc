import type { NodemailerError } from 'nodemailer'
import { andAgain, fail, type Failure, type FailureKind } from '../../../shared/failures.ts'
import { minuteMs } from '../../../shared/time.ts'
import type { DeliveryOutcome } from './channel.ts'
import type { Mailbox } from './smtp.ts'
import { i18n } from '../../../shared/words.ts'

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
    return again('timeout', andAgain(i18n.t('The mail server did not answer in time.')))
  if (reply !== undefined && reply >= 400) return judge(error, reply, mailbox, nowMs)
  const cause = error.originalCode ?? ''
  if (outOfTime.test(cause))
    return again(
      'refused-host',
      i18n.t('The certificate of the mail server is out of date. Whoever runs it must renew it.'),
    )
  if (otherName.test(cause))
    return again(
      'refused-host',
      i18n.t('The certificate of the mail server is for another name. Check the option host.'),
    )
  if (untrusted.test(cause))
    return again(
      'refused-host',
      i18n.t(
        'The certificate of the mail server is not trusted. If the server is your own, give its certificate in the option ca.',
      ),
    )
  if (notTls.test(cause) && mailbox.security === 'tls')
    return again(
      'unexpected-response',
      i18n.t(
        'The mail server does not begin with TLS on port {port}. Check the port, or set the option security to starttls.',
        { port: mailbox.port },
      ),
    )
  if (code === 'ETLS' || notTls.test(cause))
    return again('refused-host', i18n.t('The connection could not be encrypted.'))
  if (code === 'EDNS' || unreachable.test(cause))
    return again(
      'offline',
      /^[A-Z]+$/.test(cause)
        ? andAgain(
            i18n.t(
              'The mail server cannot be reached ({cause}). Check the options host and port, and the connection.',
              { cause },
            ),
          )
        : andAgain(i18n.t('The mail server cannot be reached. Check the options host and port, and the connection.')),
    )
  if (code === 'ECONNECTION' || code === 'ESOCKET')
    return again('truncated', andAgain(i18n.t('The mail server broke off the connection.')))
  // Nothing that a server did: a fault of our own.
  if (!garbled.test(code)) throw error
  return again(
    'unexpected-response',
    i18n.t('What answers on port {port} does not speak SMTP. Check the options host and port.', { port: mailbox.port }),
  )
}

/** Somebody has it, others were refused. */
export function recipientsFailure(refused: readonly string[], of: number, reply?: number): Failed {
  const told = of - refused.length
  const failure = fail(
    'channel-rejected',
    reply
      ? i18n.t('Delivered to {told} of {of}: the mail server refused {refused} with {reply}. Check the option to.', {
          told,
          of,
          refused: refused.join(', '),
          reply,
        })
      : i18n.t('Delivered to {told} of {of}: the mail server refused {refused}. Check the option to.', {
          told,
          of,
          refused: refused.join(', '),
        }),
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
      i18n.t(
        'The mail server offers no STARTTLS on port {port} ({reply}), so nothing was sent. Set the option security to tls, or check the port.',
        { port: mailbox.port, reply },
      ),
      facts,
    )
  if (reply < 500 && (reply === 421 || reply === 450 || enhanced.startsWith('4.7.')))
    return again('rate-limited', i18n.t('The mail server asked us to come back later: {said}.', { said }), {
      ...facts,
      retryAtMs: nowMs + pauseMs,
    })
  // 503: the conversation went wrong, not the mail.
  if (reply < 500 || reply === 503)
    return again('provider-down', andAgain(i18n.t('The mail server has a fault: {said}.', { said })), facts)
  if (error.code === 'EAUTH')
    return gone(
      i18n.t(
        'The mail server refused the login with {said}. Check the option username and the password (many providers want an app password), and edit the channel.',
        { said },
      ),
      facts,
    )
  if (reply === 530)
    return gone(
      i18n.t('The mail server wants a login: {said}. Edit the channel: give it the option username and its password.', {
        said,
      }),
      facts,
    )
  return { delivered: false, next: 'give-up', failure: fail('channel-rejected', refusal(error, said), facts) }
}

function refusal({ command = '' }: NodemailerError, said: string): string {
  if (command === 'MAIL FROM')
    return i18n.t(
      'The mail server refused the sender with {said}. Set the option from to an address that this login may use.',
      { said },
    )
  if (command === 'RCPT TO')
    return i18n.t('The mail server refused all recipients with {said}. Check the option to.', { said })
  return i18n.t('The mail server refused the mail with {said}.', { said })
}

function again(kind: FailureKind, message: string, facts: Omit<Failure, 'kind' | 'message'> = {}): Failed {
  return { delivered: false, next: 'retry', failure: fail(kind, message, facts) }
}

function gone(message: string, facts: Omit<Failure, 'kind' | 'message'>): Failed {
  return { delivered: false, next: 'gone', failure: fail('channel-gone', message, facts) }
}
