import type { Alert } from '../../shared/alerts.ts'
import { messageAbout } from '../alerts/channels/channel.ts'
import { headline } from '../alerts/channels/note.ts'
import type { LinkView } from '../alerts/links.ts'
import type { ListedAlert } from '../alerts/message-links.ts'
import { doneText, escape, howMuch, page, timeText } from './link-parts.ts'

type SeveralView = Extract<LinkView, { state: 'several' }>

/** What the link of a message about several alerts shows: what to do with all of them first, for whoever has just woken up. */
export function severalPage(view: SeveralView): string {
  const { alerts, count, open, reader, zone } = view
  const title = open === count ? `${count} alerts` : `${open} of ${count} alerts are open`
  const rest = count - alerts.length
  const body = [
    `<h1>${title}</h1>`,
    open === 0
      ? '<p class="quiet">There is nothing left to do here.</p>'
      : form(null, open === 1 ? '' : ` all ${open}`),
    open === 0 ? '' : `<p class="quiet">Each works once, and is recorded as done by ${escape(reader)}.</p>`,
    `<ol class="several">${alerts.map((one) => item(one, zone, open > 1)).join('\n')}</ol>`,
    rest > 0 ? `<p class="quiet">And ${rest} more, which the buttons above are for too.</p>` : '',
  ]
  return page(title, body.join('\n'))
}

function item({ alert, spent }: ListedAlert, zone: string, hasButtons: boolean): string {
  const isOver = alert.state === 'resolved'
  const done = spent && `${doneText(spent.on)} by ${spent.by}, ${timeText(spent.atMs, zone)}.`
  return [
    `<li><h2 class="${isOver ? 'resolved' : alert.severity}">${escape(headline(messageAbout(alert, 'fired')))}</h2>`,
    `<p>${escape(alert.summary)}</p>`,
    `<p class="quiet">${escape(`${howMuch(alert)}, ${alert.state}`)}</p>`,
    done ? `<p class="done">${escape(done)}</p>` : '',
    hasButtons && !isOver && !spent ? form(alert, ' this one') : '',
    '</li>',
  ].join('\n')
}

/** It has no address of its own: it comes back to where it stands. */
function form(alert: Alert | null, what: string): string {
  const of = alert ? `<input type="hidden" name="alert" value="${escape(alert.id)}">` : ''
  const name = alert ? ` aria-label="${escape(alert.summary)}"` : ''
  const button = (choice: string, text: string) => `<button name="choice" value="${choice}">${text}</button>`
  return [
    `<form method="post"${name}>${of}`,
    alert?.state === 'acknowledged' ? '' : button('acknowledge', `Acknowledge${what}`),
    button('snooze-1', `Snooze${what} for 1 hour`),
    alert ? '' : button('snooze-8', `Snooze${what} for 8 hours`),
    '</form>',
  ].join('\n')
}
