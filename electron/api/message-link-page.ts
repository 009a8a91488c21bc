import type { Alert } from '../../shared/alerts.ts'
import { messageAbout } from '../alerts/channels/channel.ts'
import { headline } from '../alerts/channels/note.ts'
import type { LinkView } from '../alerts/links.ts'
import type { ListedAlert } from '../alerts/message-links.ts'
import { i18n } from '../../shared/words.ts'
import { doneText, escape, howMuch, page, stateWords } from './link-parts.ts'

type SeveralView = Extract<LinkView, { state: 'several' }>

/** What the link of a message about several alerts shows: what to do with all of them first, for whoever has just woken up. */
export function severalPage(view: SeveralView): string {
  const { alerts, count, open, reader, zone } = view
  const title =
    open === count
      ? i18n.t('{count, plural, one {# alert} other {# alerts}}', { count })
      : i18n.t('{open} of {count} alerts are open', { open, count })
  const rest = count - alerts.length
  const body = [
    `<h1>${title}</h1>`,
    open === 0
      ? quiet(i18n.t('There is nothing left to do here.'))
      : form(null, open === 1 ? oneButtons : allButtons(open)),
    open === 0 ? '' : quiet(i18n.t('Each works once, and is recorded as done by {reader}.', { reader })),
    `<ol class="several">${alerts.map((one) => item(one, zone, open > 1)).join('\n')}</ol>`,
    rest > 0 ? quiet(i18n.t('And {rest} more, which the buttons above are for too.', { rest })) : '',
  ]
  return page(title, body.join('\n'))
}

function item({ alert, spent }: ListedAlert, zone: string, hasButtons: boolean): string {
  const isOver = alert.state === 'resolved'
  const done = spent && doneText(spent, zone)
  return [
    `<li><h2 class="${isOver ? 'resolved' : alert.severity}">${escape(headline(messageAbout(alert, 'fired')))}</h2>`,
    `<p>${escape(alert.summary)}</p>`,
    quiet(`${howMuch(alert)}, ${stateWords[alert.state]()}`),
    done ? `<p class="done">${escape(done)}</p>` : '',
    hasButtons && !isOver && !spent ? form(alert, thisButtons) : '',
    '</li>',
  ].join('\n')
}

interface Buttons {
  acknowledge(): string
  hour(): string
  hours(): string
}

const oneButtons: Buttons = {
  acknowledge: () => i18n.t('Acknowledge'),
  hour: () => i18n.t('Snooze for 1 hour'),
  hours: () => i18n.t('Snooze for 8 hours'),
}

const thisButtons: Buttons = {
  ...oneButtons,
  acknowledge: () => i18n.t('Acknowledge this one'),
  hour: () => i18n.t('Snooze this one for 1 hour'),
}

const allButtons = (count: number): Buttons => ({
  acknowledge: () => i18n.t('Acknowledge all {count}', { count }),
  hour: () => i18n.t('Snooze all {count} for 1 hour', { count }),
  hours: () => i18n.t('Snooze all {count} for 8 hours', { count }),
})

const quiet = (text: string) => `<p class="quiet">${escape(text)}</p>`

/** It has no address of its own: it comes back to where it stands. */
function form(alert: Alert | null, words: Buttons): string {
  const of = alert ? `<input type="hidden" name="alert" value="${escape(alert.id)}">` : ''
  const name = alert ? ` aria-label="${escape(alert.summary)}"` : ''
  const button = (choice: string, text: string) => `<button name="choice" value="${choice}">${text}</button>`
  return [
    `<form method="post"${name}>${of}`,
    alert?.state === 'acknowledged' ? '' : button('acknowledge', words.acknowledge()),
    button('snooze-1', words.hour()),
    alert ? '' : button('snooze-8', words.hours()),
    '</form>',
  ].join('\n')
}
