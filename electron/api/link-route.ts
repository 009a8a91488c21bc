import type { IncomingMessage, ServerResponse } from 'node:http'
import { isRecent, minuteMs } from '../../shared/time.ts'
import { i18n } from '../../shared/words.ts'
import type { Choice, LinkDesk, LinkView } from '../alerts/links.ts'
import { linkPage } from './link-page.ts'
import { linkHeaders, notePage } from './link-parts.ts'
import { readText } from './read-text.ts'

const front = '/a/'
const largestForm = 200
/** So many tokens that are none are looked up in a minute. */
const mostGuesses = 30

const choices = new Map<string | null, Choice>([
  ['acknowledge', 'acknowledge'],
  ['snooze-1', 1],
  ['snooze-8', 8],
])

/**
 * The one part of the server that is there for others than this computer: `/a/<token>`, under the public address too.
 * The token is all the authority there is, so neither cookies nor origins are looked at: browsers send `Origin: null`
 * for a form on a page that sends no referrer.
 */
export function createLinkRoute(desk: LinkDesk) {
  const guesses = createGuessLimit(() => desk.now())

  function isPublicHost(host: string): boolean {
    const publicUrl = desk.publicUrl()
    if (publicUrl === null) return false
    const { protocol, origin } = new URL(publicUrl)
    const named = `${protocol}//${host}` // with or without the usual port, however it is written
    return /^[\w.:[\]-]+$/.test(host) && URL.canParse(named) && new URL(named).origin === origin
  }

  /** Tokens that are none cost a little; those that are good are answered however many others are tried. */
  function answerView(response: ServerResponse, view: LinkView, status: number): void {
    if (view.state !== 'unknown' || guesses.may())
      return send(response, view.state === 'unknown' ? 404 : status, linkPage(view, desk.now()))
    response.setHeader('retry-after', '60')
    send(
      response,
      429,
      notePage(i18n.t('Too many wrong links'), i18n.t('Wait a minute, and open the link from the message again.')),
    )
  }

  async function act(request: IncomingMessage, response: ServerResponse, token: string): Promise<void> {
    if (!/^application\/x-www-form-urlencoded(?:;|$)/i.test(request.headers['content-type'] ?? ''))
      return send(response, 415, notAForm())
    const text = await readText(request, largestForm)
    if (text === null) return send(response, 413, notAForm())
    const fields = new URLSearchParams(text)
    const choice = choices.get(fields.get('choice'))
    if (choice === undefined) return send(response, 400, notAForm())
    const acted = await desk.act(token, choice, fields.get('alert'))
    if (!acted.ok) return send(response, 500, notePage(i18n.t('That did not work'), acted.failure.message))
    const { isDone, view } = acted.value
    // Shown by an address that may be loaded again.
    if (isDone) return void response.writeHead(303, { ...linkHeaders, location: `./${token}` }).end()
    const isOpen = view.state === 'open' || (view.state === 'several' && view.open > 0)
    answerView(response, view, isOpen ? 200 : 410)
  }

  return {
    /** Whether a request is one for this part: it says so by its path, and comes by a name that we have. */
    takes: (pathname: string, host: string, ownHosts: readonly string[]): boolean =>
      desk.publicUrl() !== null && pathname.startsWith(front) && (ownHosts.includes(host) || isPublicHost(host)),
    async answer(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> {
      const token = pathname.slice(front.length)
      if (request.method === 'POST') return act(request, response, token)
      if (request.method === 'GET' || request.method === 'HEAD') {
        const view = desk.look(token)
        return answerView(response, view, view.state === 'expired' ? 410 : 200)
      }
      response.setHeader('allow', 'GET, HEAD, POST')
      send(response, 405, notAForm())
    },
  }
}

const notAForm = () =>
  notePage(
    i18n.t('That was not understood'),
    i18n.t('Open the link from the message, and use the buttons of its page.'),
  )

/** Node leaves the body of an answer to HEAD away. */
function send(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, linkHeaders).end(page)
}

/** A clock that is set back begins a new minute. */
function createGuessLimit(now: () => number) {
  let sinceMs = -Infinity
  let count = 0
  return {
    may(): boolean {
      if (!isRecent(sinceMs, now(), minuteMs)) {
        sinceMs = now()
        count = 0
      }
      return ++count <= mostGuesses
    },
  }
}
