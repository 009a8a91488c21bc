import { andAgain } from '../../../shared/failures.ts'
import { minuteMs, secondMs } from '../../../shared/time.ts'
import { i18n, sentences } from '../../../shared/words.ts'

/** What a refusal means for the channel: twilio.com/docs/api/errors, checked 2026-11-25. */
interface Refused {
  next: 'retry' | 'give-up' | 'gone'
  /** What happened and what to do. */
  message: () => string
  /** How long at least, where Twilio asks to wait. */
  waitMs?: number
}

const gone = (message: Refused['message']): Refused => ({ next: 'gone', message })
const giveUp = (message: Refused['message']): Refused => ({ next: 'give-up', message })
const wait = (waitMs: number, message: Refused['message']): Refused => ({ next: 'retry', waitMs, message })

const credentials = gone(() =>
  i18n.t('Twilio refused the credentials. Check Account SID, key and secret in the Console, and edit the channel.'),
)
const inactive = gone(() =>
  i18n.t(
    'The Twilio account is not active. See in the Console why, then send a test, or edit the channel to use another account.',
  ),
)
const sender = gone(() =>
  i18n.t(
    'The sender is not a number of this Twilio account that can send text messages. Add it again with another one in from.',
  ),
)

/**
 * `gone` is what only an entry made anew mends. What is mended in the Console is `give-up`, so that the next alert finds
 * out by itself: a message that is refused costs nothing.
 */
export const refusals: Readonly<Record<number, Refused>> = {
  20003: credentials,
  20005: inactive,
  10001: inactive,
  20008: gone(() =>
    i18n.t('These are Twilio test credentials, which send nothing. Add it again with those of the account.'),
  ),
  20404: giveUp(() => i18n.t('Twilio does not know this account. Check the option account_sid.')),
  70051: giveUp(() =>
    i18n.t('The Twilio key lacks a permission. Give it /twilio/messaging/messages/create and …/read in the Console.'),
  ),
  21211: gone(() =>
    i18n.t('The number in the option to is not valid. Add it again with a number such as +14155550123.'),
  ),
  21614: gone(() => i18n.t('The number in the option to cannot get text messages. Add it again with a mobile number.')),
  21604: gone(() => i18n.t('The number in the option to is missing. Add it again with a number such as +14155550123.')),
  21610: gone(() =>
    i18n.t(
      'The person who has this number answered STOP. Nothing is sent to it until START comes from it and you send a test, or you edit the channel to use another number.',
    ),
  ),
  21612: giveUp(() =>
    i18n.t('This number cannot be reached from this sender. Try another number, or a sender of that country.'),
  ),
  21212: sender,
  21606: sender,
  21659: sender,
  21660: sender,
  21603: gone(() => i18n.t('There is no sender. Add it again with the option from or messaging_service_sid.')),
  21703: giveUp(() => i18n.t('The Messaging Service has no sender. Add one to it in the Console.')),
  21408: giveUp(() =>
    i18n.t(
      'Twilio does not send to the country of this number. Turn it on in the Console: Messaging, Settings, Geo permissions.',
    ),
  ),
  21608: giveUp(() =>
    i18n.t(
      'A Twilio trial account sends to verified numbers only. Verify the number in the Console, or upgrade the account.',
    ),
  ),
  21219: giveUp(() =>
    i18n.t(
      'A Twilio trial account sends to verified numbers only. Verify the number in the Console, or upgrade the account.',
    ),
  ),
  21602: giveUp(() => i18n.t('Twilio found no text in the message, which is a fault of API Spend Guard.')),
  21617: giveUp(() => i18n.t('Twilio found the text too long, which is a fault of API Spend Guard.')),
  30034: giveUp(unregistered),
  20429: wait(5 * secondMs, () => i18n.t('Twilio asked us to wait.')),
  21611: wait(minuteMs, () => andAgain(i18n.t("The sender's queue at Twilio is full."))),
  14107: wait(30 * secondMs, () => andAgain(i18n.t('Twilio limits how fast this sender may write to this number.'))),
  63038: wait(30 * minuteMs, () =>
    andAgain(i18n.t('The Twilio account has sent as many messages as it may in a day. Ask Twilio for more.')),
  ),
}

/** Why a message that Twilio took did not arrive. These come only when it is asked again. */
const losses: Readonly<Record<number, () => string>> = {
  30001: () => i18n.t('the queue was full'),
  30002: () => i18n.t('the Twilio account is suspended; see in the Console why'),
  30003: () => i18n.t('the telephone cannot be reached; it is off or out of range'),
  30004: () => i18n.t('the number, or its carrier, blocks messages of this sender'),
  30005: () => i18n.t('nobody has this number'),
  30006: () => i18n.t('this is a landline, or a carrier Twilio does not reach; use a mobile number'),
  30007: () => i18n.t('the carrier took it for spam; register the sender in the Console'),
  30008: () => i18n.t('the carrier does not say why'),
  30036: () => i18n.t('it was not sent within its hour'),
  30032: () =>
    i18n.t('the toll-free number is not verified; do so in the Console before anything arrives in the USA or Canada'),
  30035: () =>
    i18n.t('the campaign of the sender is not registered yet; wait until A2P 10DLC in the Console says it is approved'),
}

export function lossText(code: number | null): string {
  if (code === 30_034) return unregistered()
  const why = code === null ? undefined : (refusals[code]?.message ?? losses[code])?.()
  const lost =
    code === null
      ? i18n.t('The text message was not delivered')
      : i18n.t('The text message was not delivered (code {code})', { code })
  return why === undefined
    ? sentences(`${lost}.`, i18n.t('The Console says more under Monitor, Logs.'))
    : `${lost}: ${why.replace(/\.$/, '')}.`
}

function unregistered(): string {
  return i18n.t(
    'The carrier dropped the message, because the sender is a US number of no approved A2P 10DLC campaign. Register it in the Console: without that nothing arrives in the USA.',
  )
}
