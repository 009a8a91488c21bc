import { createHash } from 'node:crypto'
import type { Alert } from '../../../shared/alerts.ts'
import type { Message, MessageAction } from './channel.ts'
import { withKind } from '../../detection/newcomers.ts'
import { headline } from './note.ts'
import { segmentsOf } from './sms-segments.ts'
import { untappable } from './inert.ts'
import { i18n, wordsLocale } from '../../../shared/words.ts'

/** Each segment is billed, and some carriers do not put more than a few together again. */
const mostSegments = 2

/** How much room names and advice may take, richest first. The last is what a long link leaves. */
interface Shape {
  name: number
  text: number
  advice: 'whole' | 'clause' | 'none'
}
const shapes: readonly Shape[] = [
  { name: 40, text: 160, advice: 'whole' },
  { name: 24, text: 110, advice: 'whole' },
  { name: 40, text: 110, advice: 'clause' },
  { name: 24, text: 80, advice: 'clause' },
  { name: 16, text: 60, advice: 'clause' },
  { name: 16, text: 40, advice: 'none' },
]
/** With less room for words than this, a link says nothing of what it is about. */
const fewestWords = 40

/**
 * A text message: what, how much of how much, since when, which key, what to do or a link that does it. Plain ASCII, so
 * that a character of a name does not make it cost more. One segment where that can be, never more than two, whatever
 * things are called; a link is whole or not there.
 */
export function smsText(message: Message): string {
  const links = message.actions.map(linkText)
  for (const link of [...links, '']) {
    const tail = ` ${referenceOf(message)}${link}`
    for (const most of [1, mostSegments])
      for (const shape of shapes) {
        // A second segment is cheaper than not to know what to do.
        if (most === 1 && shape.advice === 'none') continue
        const text = wordsOf(message, shape, link !== '') + tail
        if (segmentsOf(text).segments <= most) return text
      }
    const words = longestFit(wordsOf(message, shapes.at(-1)!, link !== ''), tail)
    if (words.length >= fewestWords) return words + tail
  }
  return longestFit(wordsOf(message, shapes.at(-1)!, false), '')
}

/**
 * Names one delivery, in the text of the message itself: Twilio knows no idempotency key, so this is how an attempt that
 * was cut short is found again. Six characters: about a thousand million different ones.
 */
export function referenceOf({ key }: Pick<Message, 'key'>): string {
  const number = createHash('sha256').update(key).digest().readUInt32BE(0) % 36 ** 6
  return `#${number.toString(36).padStart(6, '0')}`
}

/** On a line of its own and last, so that a telephone sees where it ends. */
function linkText({ label, url }: MessageAction): string {
  return `\n${plain(label)}: ${url}`
}

function wordsOf(message: Message, shape: Shape, hasLink: boolean): string {
  const [lead, ...others] = message.alerts
  const name = (text: string) => short(plain(text), shape.name)
  const shortened = (alert: Alert): Alert => ({ ...alert, scopeLabel: name(alert.scopeLabel) })
  const what = plain(headline({ ...message, alerts: [shortened(lead), ...others] }))
  if (others.length > 0 || message.more > 0) {
    const worst = headline({ ...message, alerts: [shortened(lead)], more: 0, isDigest: false, occasion: 'fired' })
    return sentences([
      what,
      plain(
        i18n.t('Worst: {worst}, {amount}', {
          worst: plain(worst),
          amount: amountOf(lead) ?? short(plain(lead.summary), shape.text),
        }),
      ),
      hasLink ? '' : plain(i18n.t('See the dashboard')),
    ])
  }
  const amount = amountOf(lead)
  const isOver = message.occasion === 'resolved'
  return sentences([
    what,
    amount === null
      ? short(plain(lead.summary), shape.text)
      : message.occasion === 'grew'
        ? i18n.t('Now {amount} since {since}', { amount, since: sinceOf(lead) })
        : i18n.t('{amount} since {since}', { amount, since: sinceOf(lead) }),
    isOver ? short(plain(lead.history.at(-1)?.note ?? ''), shape.text) : whoOf(lead, shape.name),
    isOver ? '' : adviceOf(lead, shape),
  ])
}

function sentences(parts: string[]): string {
  const full = parts.filter(Boolean).map((part) => (/[.!?]$/.test(part) ? part : `${part}.`))
  return ['Spend Guard:', ...full].join(' ')
}

/** `USD 120.50 of 100.00`: symbols of currencies are not in the alphabet, or count twice. */
function amountOf({ amount, limit, currency }: Alert): string | null {
  if (amount === null) return null
  const spent = `${currency} ${digits(amount)}`
  return limit === null ? spent : i18n.t('{spent} of {limit}', { spent, limit: digits(limit) })
}

function digits(amount: string): string {
  const isSmall = Number(amount) !== 0 && Math.abs(Number(amount)) < 0.01
  return new Intl.NumberFormat(wordsLocale(), {
    minimumFractionDigits: 2,
    maximumFractionDigits: isSmall ? 6 : 2,
  }).format(Number(amount))
}

/** `09:30 UTC`, with the day unless it is the very day of the message. */
function sinceOf({ since, updatedAt }: Alert): string {
  const time = `${since.slice(11, 16)} UTC`
  if (since.slice(0, 10) === updatedAt.slice(0, 10)) return time
  const day = new Intl.DateTimeFormat(wordsLocale(), { day: 'numeric', month: 'short', timeZone: 'UTC' })
  return `${day.format(Date.parse(since))} ${time}`
}

/** Whose it is: a key can be deleted, so it goes before a project or a model. */
function whoOf({ contributors }: Alert, longest: number): string {
  for (const dimension of ['key', 'project', 'model'] as const) {
    const found = contributors.find((one) => one.dimension === dimension)
    if (!found) continue
    const whose = plain(withKind(dimension, short(plain(found.name), longest) || i18n.t('(no name)')))
    return `${whose.slice(0, 1).toUpperCase()}${whose.slice(1)} ${digits(found.amount)}`
  }
  return ''
}

function adviceOf({ advice }: Alert, shape: Shape): string {
  if (shape.advice === 'none') return ''
  const whole = plain(advice)
  return short(shape.advice === 'whole' ? whole : (/^.{8,}?(?=[,;:.] )/.exec(whole)?.[0] ?? whole), shape.text)
}

const spelled = new Map(
  `‘' ’' \`' “" ”" «" »" –- —- −- ·- •- ×x ≥>= ≤<= →-> ßss äae öoe üue ÄAe ÖOe ÜUe æae ÆAE øo ØO łl ŁL đd ĐD`
    .split(' ')
    .map((pair) => [pair[0], pair.slice(1)]),
)

/** As our sentences write them: before the amount in English, behind it in German. */
const currencies = new Map(
  '$USD CA$CAD A$AUD NZ$NZD HK$HKD MX$MXN NT$TWD R$BRL €EUR £GBP ¥JPY CN¥CNY ₹INR ₩KRW ₪ILS ₫VND'
    .split(' ')
    .map((pair) => [pair.slice(0, -3), pair.slice(-3)]),
)

/** ASCII, on one line, without anything to tap. */
function plain(text: string): string {
  const ascii = text
    .slice(0, 1_000)
    .replace(/(?:CA|A|NZ|HK|MX|NT|R|CN)?[$€£¥₹₩₪₫](?=\d)/g, (symbol) => `${currencies.get(symbol) ?? symbol} `)
    .replace(/(?<=\d\s)[$€£¥₹₩₪₫](?!\d)/g, (symbol) => currencies.get(symbol) ?? symbol)
    .normalize('NFC')
    .replace(/[äöüÄÖÜ]/g, (letter) => spelled.get(letter) ?? letter)
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[^\x20-\x7E]|`/gu, (one) => spelled.get(one) ?? (/[\s\p{Cc}]/u.test(one) ? ' ' : '?'))
    .replace(/\?{2,}/g, '?')
    .replace(/ +/g, ' ')
    .trim()
  return untappable(ascii)
}

function short(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 2).trimEnd()}..`
}

/** As many of the words as go with the tail; '' where the tail alone is too long. */
function longestFit(words: string, tail: string): string {
  let end = words.length
  while (end > 0 && segmentsOf(words.slice(0, end) + tail).segments > mostSegments) end--
  return words.slice(0, end).trimEnd()
}
