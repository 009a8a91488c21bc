import type { Message } from './channel.ts'
import { cut, instantText, noteOf, type Fact, type Note } from './note.ts'
import { i18n } from '../../../shared/words.ts'

/**
 * Limits: docs.slack.dev/reference/block-kit/blocks (header, section, actions) and .../block-elements/button-element,
 * checked 2026-11-25. A message may have 50 blocks of ours at most nine.
 */
const limits = { header: 150, section: 3_000, field: 2_000, fields: 10, buttons: 25, button: 75 } as const
/** One of several alerts, so that the others keep their room. */
const longestLine = 280

interface PlainText {
  type: 'plain_text'
  text: string
  emoji: false
}
interface Markup {
  type: 'mrkdwn'
  text: string
  /** Slack makes no links and no mentions of what looks like one. */
  verbatim: true
}
export type SlackBlock =
  | { type: 'header'; text: PlainText }
  | { type: 'section'; text: Markup }
  | { type: 'section'; fields: Markup[] }
  | { type: 'context'; elements: Markup[] }
  | { type: 'actions'; elements: { type: 'button'; text: PlainText; url: string; action_id: string }[] }

const marks: Record<Note['tone'], string> = { info: '🔵', warning: '🟠', critical: '🔴', resolved: '🟢' }

export function renderBlocks(message: Message): { text: string; blocks: SlackBlock[] } {
  const note = noteOf(message)
  const title = `${marks[note.tone]} ${note.title.replace(/\s+/g, ' ')}`
  const summary = note.facts.length === 0 ? note.summary.map((line) => cut(line, longestLine)) : note.summary
  const blocks: SlackBlock[] = [
    { type: 'header', text: plainText(title, limits.header) },
    { type: 'section', text: markup(fit(summary.join('\n'), limits.section)) },
    ...sectionsOf(note.facts),
  ]
  const buttons = buttonsOf(note)
  if (buttons.length > 0) blocks.push({ type: 'actions', elements: buttons })
  if (note.asOf)
    blocks.push({ type: 'context', elements: [markup(i18n.t('Data as of {at}', { at: dateOf(note.asOf) }))] })
  return { text: fit(`${title}: ${summary.join('\n')}`, limits.section), blocks }
}

/** Short facts stand side by side, between the long ones. */
function sectionsOf(facts: readonly Fact[]): SlackBlock[] {
  const blocks: SlackBlock[] = []
  for (const fact of facts) {
    const last = blocks.at(-1)
    if (!fact.isShort) blocks.push({ type: 'section', text: factOf(fact, limits.section) })
    else if (last && 'fields' in last && last.fields.length < limits.fields)
      last.fields.push(factOf(fact, limits.field))
    else blocks.push({ type: 'section', fields: [factOf(fact, limits.field)] })
  }
  return blocks
}

function factOf(fact: Fact, longest: number): Markup {
  const room = longest - fact.name.length - '**\n'.length
  return markup(`*${fact.name}*\n${valueOf(fact, room)}`)
}

function valueOf(fact: Fact, room: number): string {
  if ('at' in fact) return dateOf(fact.at)
  if ('text' in fact) return fit(fact.text, room)
  const share = Math.floor(room / fact.rows.length) - 1
  return fact.rows.map(({ name, amount }) => verbatim(name, share - amount.length - 1) + ` ${amount}`).join('\n')
}

function buttonsOf({ actions, link, tone }: Note) {
  const links = link && tone !== 'resolved' ? [{ label: i18n.t('Open at the provider'), url: link }] : []
  return [...actions, ...links].slice(0, limits.buttons).map(({ label, url }, nth) => ({
    type: 'button' as const,
    text: plainText(label, limits.button),
    url,
    action_id: `open-${nth}`,
  }))
}

/** In the reader's own time zone; the text after the bar is for clients that cannot. */
function dateOf(at: string): string {
  return `<!date^${Math.floor(Date.parse(at) / 1_000)}^{date_short_pretty} {time}|${instantText(at)}>`
}

function plainText(text: string, longest: number): PlainText {
  return { type: 'plain_text', text: cut(text, longest), emoji: false }
}

function markup(text: string): Markup {
  return { type: 'mrkdwn', text, verbatim: true }
}

/** Escaped text within a length: what is cut is the text, never half an escape. */
function fit(text: string, longest: number, escape = escapeText): string {
  let room = longest
  for (;;) {
    const escaped = escape(cut(text, room))
    if (escaped.length <= longest || room === 1) return escaped
    room = Math.max(1, Math.floor((room * longest) / escaped.length) - 1)
  }
}

/** These three are all that Slack escapes: docs.slack.dev/messaging/formatting-message-text, checked 2026-11-25. */
function escapeControls(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

const lookalikes: Record<string, string> = { '*': '∗', _: '＿', '~': '∼', ':': '∶', '`': "'", '>': '›' }

/**
 * Texts hold names that come from providers. There is no escape for bold, quotes and emoji, so what would begin or end
 * them is shown by a character that looks the same; inside a word, as in `legacy_ci`, it means nothing and stays.
 */
function escapeText(text: string): string {
  const plain = text.replace(/`|(?<![\p{L}\p{N}])[*_~]|[*_~](?![\p{L}\p{N}])|:(?=[\w+-]+:)|^\s*>/gmu, (mark) =>
    mark.replace(/\S/, (one) => lookalikes[one] ?? one),
  )
  return escapeControls(plain)
}

/** An id or name, as it is. */
function verbatim(name: string, longest: number): string {
  return `\`${fit(name.replace(/`/g, "'").replace(/\s+/g, ' '), longest - 2, escapeControls)}\``
}
