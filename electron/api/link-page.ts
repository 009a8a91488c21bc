import type { Alert } from '../../shared/alerts.ts'
import { spanText } from '../../shared/time.ts'
import { i18n } from '../../shared/words.ts'
import { messageAbout } from '../alerts/channels/channel.ts'
import { headline } from '../alerts/channels/note.ts'
import { linkLifeMs, type LinkView } from '../alerts/links.ts'
import { doneText, escape, facts, howMuch, notePage, page, stateWords, timeText } from './link-parts.ts'
import { severalPage } from './message-link-page.ts'

type KnownView = Extract<LinkView, { alert: Alert }>

/** What a link shows: for a phone, at night, without a script. */
export function linkPage(view: LinkView, nowMs: number): string {
  if (view.state === 'unknown')
    return notePage(
      i18n.t('There is no such link'),
      i18n.t('It may have been cut short on its way, or its channel was removed. Open it from the message again.'),
    )
  if (view.state === 'expired')
    return notePage(
      i18n.t('This link has expired'),
      i18n.t('A link works for {span}. Open the dashboard of your guard to see how things stand.', {
        span: spanText(linkLifeMs),
      }),
    )
  if (view.state === 'several') return severalPage(view)
  const { alert } = view
  const time = (ms: number) => timeText(ms, view.zone)
  const done = view.spent && doneText(view.spent, view.zone)
  const body = [
    `<p class="${view.state === 'resolved' ? 'resolved' : alert.severity}">${wordOf(view)}</p>`,
    `<h1>${escape(headline(messageAbout(alert, 'fired')))}</h1>`,
    done === null ? '' : `<p class="done" role="status"><strong>${escape(done)}</strong></p>`,
    `<p>${escape(alert.summary)}</p>`,
    facts([
      [i18n.t('How much'), howMuch(alert)],
      [i18n.t('Since'), `${time(Date.parse(alert.since))} (${spanText(Math.max(0, nowMs - Date.parse(alert.since)))})`],
      [i18n.t('State'), stateText(view, time)],
      [i18n.t('Data as of'), alert.asOf === null ? i18n.t('not known') : time(Date.parse(alert.asOf))],
    ]),
    view.state === 'open' ? form(alert, view.reader) : `<p class="quiet">${endText(view.state)}</p>`,
  ]
  return page(headline(messageAbout(alert, 'fired')), body.join('\n'))
}

/** One form without an address of its own: it comes back to where it stands. */
function form(alert: Alert, reader: string): string {
  const once = i18n.t(
    'Works once, and is recorded as done by {reader}. It speaks up again when a further threshold is crossed.',
    { reader },
  )
  const button = (choice: string, text: string) => `<button name="choice" value="${choice}">${text}</button>`
  return [
    '<form method="post">',
    alert.state === 'acknowledged' ? '' : button('acknowledge', i18n.t('Acknowledge')),
    button('snooze-1', i18n.t('Snooze for 1 hour')),
    button('snooze-8', i18n.t('Snooze for 8 hours')),
    '</form>',
    `<p class="quiet">${escape(once)}</p>`,
  ].join('\n')
}

function wordOf({ state, alert }: KnownView): string {
  if (state === 'resolved') return i18n.t('Resolved')
  return { info: i18n.t('For information'), warning: i18n.t('Warning'), critical: i18n.t('Critical') }[alert.severity]
}

function stateText({ alert, spent }: KnownView, time: (ms: number) => string): string {
  const { state, snoozedUntil, history } = alert
  const last = history.at(-1)
  if (state === 'snoozed' && snoozedUntil !== null)
    return i18n.t('snoozed until {at}', { at: time(Date.parse(snoozedUntil)) })
  // By whom is said above already where this link did it.
  const isSaid = last !== undefined && spent?.atMs === Date.parse(last.at)
  const word = stateWords[state]()
  if (!last || state === 'firing' || isSaid) return word
  return i18n.t('{state} by {by}, {at}', { state: word, by: last.by, at: time(Date.parse(last.at)) })
}

function endText(state: 'spent' | 'resolved'): string {
  return state === 'spent'
    ? i18n.t('This link has done its work. For anything else, open the dashboard of your guard.')
    : i18n.t('It is over, and there is nothing left to do here.')
}
