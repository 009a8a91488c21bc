import type { Message } from './channel.ts'
import { cut, factText, instantText, noteOf, type Fact, type Note } from './note.ts'
import { i18n } from '../../../shared/words.ts'

/**
 * A message has 28 KB (learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors, checked 2026-11-25). The
 * workflow takes a larger one and then fails unseen, so these keep far below it, at three bytes a character at most.
 */
const limits = { title: 200, summary: 1_000, line: 280, fact: 400, lines: 12, buttons: 6 } as const

/**
 * Text in a rich text block is not markdown, other than in a text block or fact set
 * (learn.microsoft.com/adaptive-cards/authoring-cards/text-features, checked 2026-11-25). So names that come from
 * providers need no escape, which the clients of Teams do not agree on.
 */
interface Run {
  type: 'TextRun'
  text: string
  weight?: 'Bolder'
  size?: 'Large' | 'Small'
  color?: 'Attention' | 'Warning' | 'Accent' | 'Good'
  isSubtle?: true
}
interface Block {
  type: 'RichTextBlock'
  spacing?: 'None' | 'Small'
  inlines: Run[]
}

export interface TeamsBody {
  type: 'message'
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive'
      contentUrl: null
      content: {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json'
        type: 'AdaptiveCard'
        /** The newest version Teams shows everywhere for cards of workflows. */
        version: '1.4'
        msteams: { width: 'Full' }
        body: Block[]
        actions: { type: 'Action.OpenUrl'; title: string; url: string }[]
      }
    },
  ]
}

const colours = { info: 'Accent', warning: 'Warning', critical: 'Attention', resolved: 'Good' } as const

export function renderCard(message: Message): TeamsBody {
  const note = noteOf(message)
  const summary = note.facts.length === 0 ? note.summary.map((line) => cut(line, limits.line)) : note.summary
  const title = run(cut(note.title, limits.title), { weight: 'Bolder', size: 'Large', color: colours[note.tone] })
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          msteams: { width: 'Full' },
          body: [
            { type: 'RichTextBlock', inlines: [title] },
            ...linesOf(summary.join('\n'), Math.max(limits.summary, summary.length * limits.line)),
            ...note.facts.flatMap(blocksOf),
            ...footerOf(note),
          ],
          actions: actionsOf(note),
        },
      },
    ],
  }
}

/** A short fact stands in the line of its name, a long one below it. */
function blocksOf(fact: Fact): Block[] {
  const name = run(fact.name, { weight: 'Bolder' })
  const text = cut(factText(fact), limits.fact)
  if (!text.includes('\n')) return [{ type: 'RichTextBlock', inlines: [name, run(`  ${clean(text)}`)] }]
  return [{ type: 'RichTextBlock', inlines: [name] }, ...linesOf(text, limits.fact)]
}

function linesOf(text: string, longest: number): Block[] {
  return cut(text, longest)
    .split(/\s*\n\s*/)
    .slice(0, limits.lines)
    .map((line) => ({ type: 'RichTextBlock', spacing: 'None', inlines: [run(line)] }))
}

function footerOf({ asOf }: Note): Block[] {
  if (!asOf) return []
  const inlines = [run(i18n.t('Data as of {at}', { at: instantText(asOf) }), { size: 'Small', isSubtle: true })]
  return [{ type: 'RichTextBlock', spacing: 'Small', inlines }]
}

function actionsOf({ actions, link, tone }: Note) {
  const links = link && tone !== 'resolved' ? [{ label: i18n.t('Open at the provider'), url: link }] : []
  return [...actions, ...links]
    .slice(0, limits.buttons)
    .map(({ label, url }) => ({ type: 'Action.OpenUrl' as const, title: label, url }))
}

function run(text: string, look: Omit<Run, 'type' | 'text'> = {}): Run {
  return { type: 'TextRun', text: clean(text), ...look }
}

/** Without characters that are no text: each would take six bytes of the limit. */
function clean(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ')
}
