import type { Alert } from '../../shared/alerts.ts'
import { spanText } from '../../shared/time.ts'
import { messageAbout } from '../alerts/channels/channel.ts'
import { headline } from '../alerts/channels/note.ts'
import { linkLifeMs, type LinkView } from '../alerts/links.ts'
import { doneText, escape, facts, howMuch, notePage, page, timeText } from './link-parts.ts'
import { severalPage } from './message-link-page.ts'

type KnownView = Extract<LinkView, { alert: Alert }>

/** What a link shows: for a phone, at night, without a script. */
export function linkPage(view: LinkView, nowMs: number): string {
  if (view.state === 'unknown')
    return notePage(
      'There is no such link',
      'It may have been cut short on its way, or its channel was removed. Open it from the message again.',
    )
  if (view.state === 'expired')
    return notePage(
      'This link has expired',
      `A link works for ${spanText(linkLifeMs)}. Open the dashboard of your guard to see how things stand.`,
    )
  if (view.state === 'several') return severalPage(view)
  const { alert } = view
  const time = (ms: number) => timeText(ms, view.zone)
  const done = view.spent && `${doneText(view.spent.on)} by ${view.spent.by}, ${time(view.spent.atMs)}.`
  const body = [
    `<p class="${view.state === 'resolved' ? 'resolved' : alert.severity}">${wordOf(view)}</p>`,
    `<h1>${escape(headline(messageAbout(alert, 'fired')))}</h1>`,
    done === null ? '' : `<p class="done" role="status"><strong>${escape(done)}</strong></p>`,
    `<p>${escape(alert.summary)}</p>`,
    facts([
      ['How much', howMuch(alert)],
      ['Since', `${time(Date.parse(alert.since))} (${spanText(Math.max(0, nowMs - Date.parse(alert.since)))})`],
      ['State', stateText(view, time)],
      ['Data as of', alert.asOf === null ? 'not known' : time(Date.parse(alert.asOf))],
    ]),
    view.state === 'open' ? form(alert, view.reader) : `<p class="quiet">${endText(view.state)}</p>`,
  ]
  return page(headline(messageAbout(alert, 'fired')), body.join('\n'))
}

/** One form without an address of its own: it comes back to where it stands. */
function form(alert: Alert, reader: string): string {
  const button = (choice: string, text: string) => `<button name="choice" value="${choice}">${text}</button>`
  return [
    '<form method="post">',
    alert.state === 'acknowledged' ? '' : button('acknowledge', 'Acknowledge'),
    button('snooze-1', 'Snooze 1 hour'),
    button('snooze-8', 'Snooze 8 hours'),
    '</form>',
    `<p class="quiet">Works once, and is recorded as done by ${escape(reader)}. It speaks up again when a further threshold is crossed.</p>`,
  ].join('\n')
}

function wordOf({ state, alert }: KnownView): string {
  if (state === 'resolved') return 'Resolved'
  return { info: 'For information', warning: 'Warning', critical: 'Critical' }[alert.severity]
}

function stateText({ alert, spent }: KnownView, time: (ms: number) => string): string {
  const { state, snoozedUntil, history } = alert
  const last = history.at(-1)
  if (state === 'snoozed' && snoozedUntil !== null) return `snoozed until ${time(Date.parse(snoozedUntil))}`
  // By whom is said above already where this link did it.
  const isSaid = last !== undefined && spent?.atMs === Date.parse(last.at)
  return last && state !== 'firing' && !isSaid ? `${state} by ${last.by}, ${time(Date.parse(last.at))}` : state
}

function endText(state: 'spent' | 'resolved'): string {
  return state === 'spent'
    ? 'This link has done its work. For anything else, open the dashboard of your guard.'
    : 'It is over, and there is nothing left to do here.'
}
